package io.rankline.spark.sweep;

import io.rankline.config.sweep.SweepParameter;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.Monitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Runs of a sweep that differ in their seed or fold alone, as one: what differs between groups has
 * to be held against what differs within.
 *
 * @param parameters those that groups differ by; maybe none
 * @param groups the best mean first
 */
record SweepGroups(List<SweepParameter> parameters, List<Group> groups) {

  /**
   * Some runs.
   *
   * @param values of the parameters
   * @param runs how many have a value, 1 or more
   * @param mean of what runs are ranked by
   * @param standardError of the mean, by the sample variance; NaN for one run
   */
  record Group(Map<String, String> values, int runs, double mean, double standardError) {}

  /** The groups of a sweep; none where it has neither seeds nor folds. */
  static SweepGroups of(SweepTable table) {
    List<SweepParameter> parameters =
        table.plan().parameters().stream().filter(each -> !each.repeats()).toList();
    if (parameters.size() == table.plan().parameters().size()) {
      return new SweepGroups(parameters, List.of());
    }
    Monitor monitor = table.monitor();
    Map<Map<String, String>, List<Double>> values = new LinkedHashMap<>();
    for (TrialResult result : table.ranked()) {
      OptionalDouble value = result.value(monitor);
      if (result.isDone() && value.isPresent()) {
        Map<String, String> key = new LinkedHashMap<>();
        parameters.forEach(
            each -> key.put(each.key(), result.trial().values().getOrDefault(each.key(), "")));
        values.computeIfAbsent(key, unknown -> new ArrayList<>()).add(value.getAsDouble());
      }
    }
    Comparator<Group> ascending = Comparator.comparingDouble(Group::mean);
    List<Group> groups = new ArrayList<>();
    values.forEach((key, of) -> groups.add(group(key, of)));
    groups.sort(monitor.better() == Better.HIGHER ? ascending.reversed() : ascending);
    return new SweepGroups(parameters, List.copyOf(groups));
  }

  private static Group group(Map<String, String> key, List<Double> values) {
    int runs = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = values.stream().mapToDouble(value -> Math.pow(value - mean, 2)).sum();
    double error = runs == 1 ? Double.NaN : Math.sqrt(squares / (runs - 1) / runs);
    return new Group(key, runs, mean, error);
  }
}
