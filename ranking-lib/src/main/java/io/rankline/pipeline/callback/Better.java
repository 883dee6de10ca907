package io.rankline.pipeline.callback;

/** Which of two values of something is the better one. */
public enum Better {
  /** As for a loss. */
  LOWER,
  /** As for NDCG. */
  HIGHER;

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
