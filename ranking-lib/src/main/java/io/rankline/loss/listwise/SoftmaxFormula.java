package io.rankline.loss.listwise;

import io.rankline.loss.form.LossFamily;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.form.TemperatureUse;
import io.rankline.loss.lambda.DcgLambdaWeight;
import org.jspecify.annotations.Nullable;

/** What softmax losses have in common: targets by label or lambda weight, and their weight. */
interface SoftmaxFormula extends RankingLoss {

  /** Gives the items individual weights; null for none. */
  @Nullable DcgLambdaWeight lambdaWeight();

  /** Share of the targets that all items have alike. */
  default double labelSmoothing() {
    return 0;
  }

  /** Weight of {@code 1 - sum of target * softmax}. */
  default double epsilon() {
    return 0;
  }

  @Override
  default LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  default TemperatureUse temperatureUse() {
    return TemperatureUse.EVERYWHERE;
  }

  @Override
  default void evaluate(LossList list) {
    list.scratch(SoftmaxKernel.class, SoftmaxKernel::new)
        .evaluate(list, list.size(), lambdaWeight(), labelSmoothing(), epsilon());
  }
}
