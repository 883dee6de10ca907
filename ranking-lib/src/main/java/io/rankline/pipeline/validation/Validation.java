package io.rankline.pipeline.validation;

import io.rankline.loss.LossResult;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.TaskLoss;
import io.rankline.pipeline.callback.LogName;
import io.rankline.pipeline.callback.LogName.Split;
import io.rankline.pipeline.report.DataProfile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

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
   * Adds the values to logs: the loss, losses of several tasks, metrics, weighted metrics.
   *
   * @param tasks of the model, by name; their weights are factors of the losses
   * @param penalty of the regularisation, part of the loss
   */
  public void addTo(
      Map<String, Double> logs, Split split, Map<String, TaskLoss> tasks, double penalty) {
    boolean several = losses.size() > 1;
    double total = penalty;
    for (Map.Entry<String, LossResult> entry : losses.entrySet()) {
      TaskLoss task = tasks.get(entry.getKey());
      total += (task == null ? 1 : task.weight()) * entry.getValue().value();
    }
    logs.put(LogName.loss(split).text(), total);
    if (several) {
      losses.forEach((task, loss) -> logs.put(LogName.loss(split, task).text(), loss.value()));
    }
    metrics.forEach(
        (task, values) ->
            add(logs, values, name -> LogName.metric(split, several ? task : null, name)));
    weightedMetrics.forEach(
        (task, values) ->
            add(logs, values, name -> LogName.weightedMetric(split, several ? task : null, name)));
  }

  /** The names of the values that {@link #addTo} will add, for every task that has a ranking. */
  public static List<LogName> logNames(
      Split split,
      Set<String> tasks,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics) {
    boolean several = tasks.size() > 1;
    List<LogName> names = new ArrayList<>(List.of(LogName.loss(split)));
    for (String task : tasks) {
      String named = several ? task : null;
      if (several) {
        names.add(LogName.loss(split, task));
      }
      metrics.forEach(metric -> names.add(LogName.metric(split, named, metric.name())));
      weightedMetrics.forEach(
          metric -> names.add(LogName.weightedMetric(split, named, metric.name())));
    }
    return names;
  }

  private static List<MetricSample> joined(List<MetricSample> one, List<MetricSample> other) {
    List<MetricSample> joined = new ArrayList<>();
    for (int k = 0; k < one.size(); k++) {
      joined.add(one.get(k).followedBy(other.get(k)));
    }
    return joined;
  }

  private static void add(
      Map<String, Double> logs, Evaluation values, Function<String, LogName> names) {
    values
        .means()
        .forEach((name, mean) -> logs.put(names.apply(name).text(), mean.value().orElse(0)));
  }
}
