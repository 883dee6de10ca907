package io.rankline.pipeline;

import io.rankline.loss.LossResult;
import io.rankline.metric.Evaluation;
import io.rankline.metric.MetricSample;
import io.rankline.pipeline.report.DataProfile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found out about a model on a data set.
 *
 * @param lists number of lists
 * @param losses of each task, penalties left out
 * @param metrics of each task
 * @param weightedMetrics of each task, with the sample weights
 * @param samples values of single lists of each task in the order of the metrics; empty where they
 *     were not asked for
 * @param profile list sizes and labels; empty where samples were not asked for
 */
public record Validation(
    long lists,
    SortedMap<String, LossResult> losses,
    SortedMap<String, Evaluation> metrics,
    SortedMap<String, Evaluation> weightedMetrics,
    SortedMap<String, List<MetricSample>> samples,
    DataProfile.Builder profile) {

  public Validation {
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    weightedMetrics = Collections.unmodifiableSortedMap(new TreeMap<>(weightedMetrics));
    samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
  }

  /**
   * Adds the values by Keras's names: "loss", "metric/ndcg_5"; with several tasks
   * "click_loss", "click_metric/ndcg_5".
   *
   * @param prefix as {@code val_}
   * @param taskWeights factor of each task's loss in the sum
   * @param penalty of the regularisation, part of the loss
   */
  public void addTo(
      Map<String, Double> logs, String prefix, Map<String, Double> taskWeights, double penalty) {
    boolean several = losses.size() > 1;
    double total = penalty;
    for (Map.Entry<String, LossResult> entry : losses.entrySet()) {
      total += taskWeights.getOrDefault(entry.getKey(), 1.0) * entry.getValue().value();
    }
    logs.put(prefix + "loss", total);
    losses.forEach(
        (task, loss) -> {
          if (several) {
            logs.put(prefix + task + "_loss", loss.value());
          }
        });
    metrics.forEach(
        (task, values) -> add(logs, prefix + (several ? task + "_" : "") + "metric/", values));
    weightedMetrics.forEach(
        (task, values) ->
            add(logs, prefix + (several ? task + "_" : "") + "weighted_metric/", values));
  }

  /** The metric's name as TF-Ranking's users know it: {@code ndcg_5}. */
  static String logName(String metric) {
    return metric.replace('@', '_');
  }

  private static void add(Map<String, Double> logs, String prefix, Evaluation values) {
    values
        .means()
        .forEach((name, mean) -> logs.put(prefix + logName(name), mean.value().orElse(0)));
  }
}
