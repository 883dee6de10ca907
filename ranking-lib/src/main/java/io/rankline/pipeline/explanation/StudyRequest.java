package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.input.RankingDataset;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a study is made of.
 *
 * @param model that was trained
 * @param training first lists of the training data, as they are read; may be empty
 * @param validation the validation data, for a pass of its own
 * @param steps number of its batches that count, from the first; null for all
 * @param metrics of each task
 * @param main the one of them that lists are compared by
 * @param samples what the model reached in each list of the validation data, by task, in the order
 *     of the metrics
 * @param references what a model of one task is held against too
 * @param earlier a training that is compared with; null for none
 */
public record StudyRequest(
    RankingModel model,
    List<RankingList> training,
    RankingDataset validation,
    @Nullable Long steps,
    List<RankingMetric> metrics,
    RankingMetric main,
    SortedMap<String, List<MetricSample>> samples,
    List<Reference> references,
    @Nullable EarlierRun earlier) {

  public StudyRequest {
    training = List.copyOf(training);
    metrics = List.copyOf(metrics);
    references = List.copyOf(references);
  }
}
