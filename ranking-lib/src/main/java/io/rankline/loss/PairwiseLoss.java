package io.rankline.loss;

import io.rankline.loss.lambda.PairLambdaWeight;
import org.jspecify.annotations.Nullable;

/**
 * A loss of pairs of items: every pair (i, j) with {@code y_i > y_j}, unless the loss says
 * otherwise, adds {@code w_i lambda_ij loss(s_i - s_j)}. The item weight is that of the first item
 * alone, which is what unbiased learning from clicks needs.
 */
public sealed interface PairwiseLoss extends RankingLoss
    permits IpwPairwiseLogisticLoss,
        LambdaLoss,
        PairwiseHingeLoss,
        PairwiseLogisticLoss,
        PairwiseMseLoss,
        PairwiseSoftZeroOneLoss,
        YetiLogisticLoss {

  /** Weight of a pair besides the item weight; null for 1. */
  @Nullable PairLambdaWeight lambdaWeight();

  /** What the loss does with a pair. */
  PairShape shape();

  @Override
  default LossFamily family() {
    return LossFamily.PAIRWISE;
  }

  @Override
  default void evaluate(LossWorkspace list) {
    PairKernel.evaluate(list, shape(), lambdaWeight());
  }
}
