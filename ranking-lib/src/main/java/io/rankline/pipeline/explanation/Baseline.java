package io.rankline.pipeline.explanation;

import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.MetricSample;
import java.util.List;

/**
 * What an order reaches on the validation data: that of the model, or one to hold it against.
 *
 * @param name as in "random order"
 * @param evaluation the metrics
 * @param samples values of single lists, in the order of the data, one sample a metric; empty where
 *     they are not kept
 */
public record Baseline(String name, Evaluation evaluation, List<MetricSample> samples) {

  public Baseline {
    samples = List.copyOf(samples);
  }
}
