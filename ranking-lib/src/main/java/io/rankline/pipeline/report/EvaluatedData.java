package io.rankline.pipeline.report;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.ConfidenceInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the metrics say of a model on one data set.
 *
 * @param name of the data set, such as "validation" or "test"
 * @param lists number of lists
 * @param metrics in order
 */
public record EvaluatedData(String name, long lists, List<MetricEstimate> metrics) {

  public EvaluatedData {
    metrics = List.copyOf(metrics);
  }

  /**
   * Means with intervals, lists without relevant items as TF-Ranking counts them.
   *
   * @param metrics what was evaluated
   * @param samples of the same lists, one for each metric in order
   */
  public static EvaluatedData of(
      String name, List<RankingMetric> metrics, List<MetricSample> samples, Bootstrap bootstrap) {
    if (metrics.size() != samples.size()) {
      throw new IllegalArgumentException(
          "samples must be %s, one for each metric, got %s"
              .formatted(metrics.size(), samples.size()));
    }
    List<Optional<ConfidenceInterval>> intervals = bootstrap.intervals(samples, EmptyLists.AS_ZERO);
    List<MetricEstimate> estimates = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      estimates.add(
          new MetricEstimate(
              metrics.get(i).name(),
              samples.get(i).mean().value().orElse(Double.NaN),
              intervals.get(i).orElse(null)));
    }
    return new EvaluatedData(name, samples.isEmpty() ? 0 : samples.get(0).size(), estimates);
  }
}
