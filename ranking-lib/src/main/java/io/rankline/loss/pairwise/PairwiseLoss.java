package io.rankline.loss.pairwise;

import io.rankline.loss.form.LossFamily;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.PairLambdaWeight;
import org.jspecify.annotations.Nullable;

/**
 * A sum over pairs of items: every pair (i, j) with {@code y_i > y_j}, or all of them, adds {@code
 * w_i lambda_ij scale loss(s_i - s_j)}. The item weight is that of the first item alone, which is
 * what unbiased learning from clicks needs.
 */
public interface PairwiseLoss extends RankingLoss {

  /** Weight of a pair besides the item weight; null for 1. */
  @Nullable PairLambdaWeight lambdaWeight();

  /** The loss of a pair by the difference of its scores. */
  PairFunction function();

  /** Whether all ordered pairs of different items count, not only those with {@code y_i > y_j}. */
  default boolean takesAllPairs() {
    return false;
  }

  /**
   * The probability that the order of two items one grade apart is wrong: by {@code
   * GradeSmoothing}, a pair whose order is wrong with probability q adds {@code q (s_i - s_j)} to
   * its loss.
   */
  default double labelSmoothing() {
    return 0;
  }

  /** The loss of a pair is multiplied by this. */
  default double scale() {
    return 1;
  }

  @Override
  default LossFamily family() {
    return LossFamily.PAIRWISE;
  }

  @Override
  default void evaluate(LossList list) {
    list.scratch(PairRows.class, PairRows::new).evaluate(list, this);
  }

  /**
   * Fills the losses and weights of all pairs of a list, by item index, before item weights.
   *
   * @param losses receives {@code loss_ij} at {@code start + i L + j}
   * @param weights receives {@code lambda_ij}, 0 where the pair does not count
   */
  default void unreduced(LossList list, double[] losses, double[] weights, int start) {
    list.scratch(PairRows.class, PairRows::new).unreduced(list, this, losses, weights, start);
  }
}
