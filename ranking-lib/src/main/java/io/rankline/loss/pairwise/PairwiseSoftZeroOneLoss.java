package io.rankline.loss.pairwise;

import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * A smooth count of the pairs in wrong order.
 *
 * <pre>
 *   loss(y, s) = sum over y_i &gt; y_j of lambda_ij / (1 + exp(s_i - s_j))
 * </pre>
 *
 * <p>Between 0 and 1 a pair, so that outliers weigh little. A list without such a pair gives 0.
 *
 * @param lambdaWeight lambda_ij; null for 1
 * @see <a href="https://doi.org/10.1145/1102351.1102363">Burges et al., Learning to rank using
 *     gradient descent, ICML 2005</a>
 */
@LossName("pairwise_soft_zero_one_loss")
public record PairwiseSoftZeroOneLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of pairs")
        @Nullable PairLambdaWeight lambdaWeight)
    implements PairwiseLoss {

  public PairwiseSoftZeroOneLoss {
    Faults.in(PairwiseSoftZeroOneLoss.class, temperature, lambdaWeight).orThrow();
  }

  /** Temperature 1, no lambda weight. */
  public PairwiseSoftZeroOneLoss() {
    this(1, null);
  }

  @Override
  public PairFunction function() {
    return PairFunction.SOFT_ZERO_ONE;
  }
}
