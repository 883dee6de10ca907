package io.rankline.spark.evaluation;

import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import java.util.List;

/**
 * What to evaluate and how.
 *
 * @param metrics the metrics, in the order of the report
 * @param emptyLists how lists without relevant items count
 * @param ties in which order items of equal score are ranked
 * @param resamples draws of the bootstrap; 0 for no intervals
 * @param level probability that an interval covers the true value, in (0, 1)
 * @param permutations swaps of the randomization test, 1 or more
 * @param seed of draws and swaps
 */
public record EvaluationOptions(
    List<RankingMetric> metrics,
    EmptyLists emptyLists,
    TieOrder ties,
    int resamples,
    double level,
    int permutations,
    long seed) {

  public EvaluationOptions {
    metrics = List.copyOf(metrics);
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("metrics must not be empty");
    }
    if (resamples < 0) {
      throw new IllegalArgumentException("resamples must be 0 or more, got " + resamples);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be between 0 and 1, got " + level);
    }
    if (permutations < 1) {
      throw new IllegalArgumentException("permutations must be 1 or more, got " + permutations);
    }
    metrics.forEach(emptyLists::requireMeaningFor);
  }
}
