package io.rankline.pipeline.validation;

import io.rankline.loss.LossResult;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.TaskLoss;
import io.rankline.pipeline.report.DataProfile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    DataProfile.Builder profile)
    implements Serializable {

  public Validation {
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    weightedMetrics = Collections.unmodifiableSortedMap(new TreeMap<>(weightedMetrics));
    samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
  }

  /**
   * What was found out on these lists and then on those of another part of the data set.
   *
   * @param tasks of the model, by name
   */
  public Validation merge(Validation next, Map<String, TaskLoss> tasks) {
    SortedMap<String, LossResult> allLosses = new TreeMap<>(losses);
    next.losses.forEach(
        (task, loss) ->
            allLosses.merge(
                task,
                loss,
                (one, other) ->
                    Objects.requireNonNull(tasks.get(task)).objective().merge(one, other)));
    SortedMap<String, Evaluation> allMetrics = new TreeMap<>(metrics);
    next.metrics.forEach((task, values) -> allMetrics.merge(task, values, Evaluation::merge));
    SortedMap<String, Evaluation> allWeighted = new TreeMap<>(weightedMetrics);
    next.weightedMetrics.forEach(
        (task, values) -> allWeighted.merge(task, values, Evaluation::merge));
    SortedMap<String, List<MetricSample>> allSamples = new TreeMap<>(samples);
    next.samples.forEach((task, values) -> allSamples.merge(task, values, Validation::joined));
    DataProfile.Builder both = new DataProfile.Builder();
    both.add(profile);
    both.add(next.profile);
    return new Validation(lists + next.lists, allLosses, allMetrics, allWeighted, allSamples, both);
  }

  /**
   * Adds the values by Keras's names: "loss", "metric/ndcg_5"; with several tasks "click_loss",
   * "click_metric/ndcg_5".
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
  public static String logName(String metric) {
    return metric.replace('@', '_');
  }

  private static List<MetricSample> joined(List<MetricSample> one, List<MetricSample> other) {
    List<MetricSample> joined = new ArrayList<>();
    for (int k = 0; k < one.size(); k++) {
      joined.add(one.get(k).followedBy(other.get(k)));
    }
    return joined;
  }

  private static void add(Map<String, Double> logs, String prefix, Evaluation values) {
    values
        .means()
        .forEach((name, mean) -> logs.put(prefix + logName(name), mean.value().orElse(0)));
  }
}
