package io.rankline.loss.pairwise;

import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Squared difference between score gap and label gap.
 *
 * <pre>
 *   loss(y, s) = sum over i != j of lambda_ij ((s_i - s_j) - (y_i - y_j))^2
 * </pre>
 *
 * <p>All ordered pairs of different items count, those with equal labels too; lambda weights that
 * depend on the label gap are 0 there. A list of one item gives 0.
 *
 * @param lambdaWeight lambda_ij; null for 1
 */
@LossName("pairwise_mse_loss")
public record PairwiseMseLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of pairs")
        @Nullable PairLambdaWeight lambdaWeight)
    implements PairwiseLoss {

  public PairwiseMseLoss {
    Faults.in(PairwiseMseLoss.class, temperature, lambdaWeight).orThrow();
  }

  /** Temperature 1, no lambda weight. */
  public PairwiseMseLoss() {
    this(1, null);
  }

  @Override
  public PairFunction function() {
    return PairFunction.SQUARED;
  }

  @Override
  public boolean takesAllPairs() {
    return true;
  }
}
