package io.rankline.loss;

/** What a pairwise loss does with a pair of items. */
public enum PairShape {
  /** {@code max(0, 1 - d)} of the pairs with {@code y_i > y_j}. */
  HINGE(PairFunction.HINGE, false, 1),

  /** {@code ln(1 + e^-d)} of the pairs with {@code y_i > y_j}. */
  LOGISTIC(PairFunction.LOGISTIC, false, 1),

  /** {@code 1 / (1 + e^d)} of the pairs with {@code y_i > y_j}. */
  SOFT_ZERO_ONE(PairFunction.SOFT_ZERO_ONE, false, 1),

  /** {@code (d - (y_i - y_j))^2} of all ordered pairs of different items. */
  SQUARED(PairFunction.SQUARED, true, 1),

  /** {@code log2(1 + e^-d)} of the pairs with {@code y_i > y_j}. */
  LOG2(PairFunction.LOGISTIC, false, 1 / Math.log(2)),

  /** {@code log2(1 + e^-d)} of all ordered pairs of different items. */
  LOG2_ALL(PairFunction.LOGISTIC, true, 1 / Math.log(2));

  final PairFunction function;

  /** Whether all ordered pairs of different items count, not only those with y_i > y_j. */
  final boolean allPairs;

  /** The loss is multiplied by this. */
  final double scale;

  PairShape(PairFunction function, boolean allPairs, double scale) {
    this.function = function;
    this.allPairs = allPairs;
    this.scale = scale;
  }
}
