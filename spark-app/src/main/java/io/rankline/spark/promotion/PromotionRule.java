package io.rankline.spark.promotion;

import io.rankline.metric.RankingMetric.Direction;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.Comparison;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.metric.significance.PairedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When a candidate is promoted: if it is better on all queries by more than chance, and if in no
 * slice a loss can be more than a little.
 *
 * <p>A slice stops the candidate unless the data shows that its loss is small: the lower end of the
 * interval of the difference, one-sided at 95 %, must be above the allowed loss. So a slice of few
 * queries stops a candidate that gains nothing there; slices of fewer than {@code minSliceQueries}
 * are judged together.
 *
 * @param direction of the metric
 * @param significance largest p-value of the paired test on all queries, in (0, 1)
 * @param maxSliceLoss largest loss in a slice, as a share of the serving model's value
 * @param minSliceQueries number of queries from which a slice is judged by itself
 * @param seed of intervals and tests
 */
public record PromotionRule(
    Direction direction, double significance, double maxSliceLoss, int minSliceQueries, long seed) {

  /** Two-sided, so that its lower end holds one-sided at 95 %. */
  private static final double LEVEL = 0.9;

  private static final String ALL = "all";
  private static final String SMALL = "(small ones)";

  public PromotionRule {
    List<String> faults = new ArrayList<>();
    if (!(significance > 0 && significance < 1)) {
      faults.add("significance must be between 0 and 1, got " + significance);
    }
    if (!(maxSliceLoss >= 0 && maxSliceLoss < 1)) {
      faults.add("max_slice_loss must be from 0 to below 1, got " + maxSliceLoss);
    }
    if (minSliceQueries < 1) {
      faults.add("min_slice_queries must be 1 or more, got " + minSliceQueries);
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  /** Judges all queries. */
  public SliceResult all(MetricSample serving, MetricSample candidate) {
    SliceResult result = compare(ALL, serving, candidate);
    double gain = gain(result);
    String problem = "";
    if (!(gain > 0)) {
      problem = "it is not better than the serving model";
    } else if (result.pValue() > significance) {
      problem =
          String.format(
              Locale.ROOT,
              "it is better by %.4f, which may be chance: p = %.3f, above %s",
              gain,
              result.pValue(),
              significance);
    }
    return with(result, problem);
  }

  /**
   * Judges the slices of a feature.
   *
   * @param feature its name
   * @param values of the queries, in their order; empty for a query that has none
   */
  public List<SliceResult> slices(
      String feature, List<Optional<String>> values, MetricSample serving, MetricSample candidate) {
    SortedMap<String, List<Integer>> slices = new TreeMap<>();
    for (int q = 0; q < values.size(); q++) {
      slices.computeIfAbsent(values.get(q).orElse("(none)"), v -> new ArrayList<>()).add(q);
    }
    List<Integer> small = new ArrayList<>();
    slices.values().stream().filter(s -> s.size() < minSliceQueries).forEach(small::addAll);
    slices.values().removeIf(s -> s.size() < minSliceQueries);
    if (!small.isEmpty()) {
      slices.put(SMALL, small);
    }
    List<SliceResult> results = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> slice : slices.entrySet()) {
      int[] lists = slice.getValue().stream().mapToInt(Integer::intValue).toArray();
      results.add(
          slice(feature + "=" + slice.getKey(), serving.select(lists), candidate.select(lists)));
    }
    return results;
  }

  private SliceResult slice(String name, MetricSample serving, MetricSample candidate) {
    SliceResult result = compare(name, serving, candidate);
    ConfidenceInterval interval = result.difference();
    if (interval == null) {
      return result; // no query there has relevant items
    }
    double worst = isHigherBetter() ? interval.low() : -interval.high();
    double allowed = maxSliceLoss * Math.abs(result.serving());
    String problem =
        worst >= -allowed
            ? ""
            : String.format(
                Locale.ROOT,
                "%s may lose %.4f (%s queries, difference %+.4f), more than the %.4f allowed",
                name,
                -worst,
                result.queries(),
                result.candidate() - result.serving(),
                allowed);
    return with(result, problem);
  }

  private double gain(SliceResult result) {
    double difference = result.candidate() - result.serving();
    return isHigherBetter() ? difference : -difference;
  }

  private boolean isHigherBetter() {
    return direction == Direction.HIGHER_IS_BETTER;
  }

  private SliceResult compare(String name, MetricSample serving, MetricSample candidate) {
    Comparison comparison =
        new PairedTest(PairedTest.DEFAULT_PERMUTATIONS, seed)
            .compare(serving, candidate, EmptyLists.AS_ZERO);
    Optional<ConfidenceInterval> interval =
        new Bootstrap(Bootstrap.DEFAULT_RESAMPLES, LEVEL, seed)
            .differences(List.of(serving), List.of(candidate), EmptyLists.AS_ZERO)
            .get(0);
    return new SliceResult(
        name,
        serving.size(),
        comparison.baseline(),
        comparison.other(),
        interval.orElse(null),
        comparison.permutationPValue(),
        "");
  }

  private static SliceResult with(SliceResult result, String problem) {
    return new SliceResult(
        result.name(),
        result.queries(),
        result.serving(),
        result.candidate(),
        result.difference(),
        result.pValue(),
        problem);
  }
}
