package io.rankline.loss;

import java.io.Serializable;

/**
 * One reduced loss, numerator and denominator apart so that workers can add up both.
 *
 * @param wireName the loss
 * @param weight factor in the objective
 * @param numerator sum of weighted losses
 * @param denominator what the reduction divides by
 */
public record LossTerm(String wireName, double weight, double numerator, double denominator)
    implements Serializable {

  /** {@code numerator / denominator}, 0 where the denominator is 0; without the weight. */
  public double value() {
    return denominator == 0 ? 0 : numerator / denominator;
  }

  /** The term of the lists of this one and another's together, under that reduction. */
  LossTerm plus(LossTerm other, Reduction reduction) {
    double both = reduction == Reduction.SUM ? 1 : denominator + other.denominator;
    return new LossTerm(wireName, weight, numerator + other.numerator, both);
  }
}
