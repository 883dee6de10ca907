package io.rankline.pipeline.callback;

import io.rankline.metric.RankingMetric.Direction;

/** Which of two values of something is the better one. */
public enum Better {
  /** As for a loss. */
  LOWER,
  /** As for NDCG. */
  HIGHER;

  /** As a metric says. */
  public static Better of(Direction direction) {
    return direction == Direction.LOWER_IS_BETTER ? LOWER : HIGHER;
  }

  /** What every number is better than, itself left out. */
  double worst() {
    return this == LOWER ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /** Whether it is better at all; NaN never is. */
  boolean test(double value, double than) {
    return this == LOWER ? value < than : value > than;
  }

  /** The value made worse by an amount. */
  double worsened(double value, double amount) {
    return this == LOWER ? value + amount : value - amount;
  }
}
