package io.rankline.loss.pairwise;

import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Logistic loss of the score difference of pairs with different labels.
 *
 * <pre>
 *   loss(y, s) = sum over y_i &gt; y_j of lambda_ij ln(1 + exp(-(s_i - s_j)))
 * </pre>
 *
 * <p>The exponential is taken of the negative magnitude, or as a quotient where scores lie within
 * 600 of each other, so that scores of any finite size are safe. A list without such a pair gives
 * 0.
 *
 * @param lambdaWeight lambda_ij; null for 1
 * @see <a href="https://doi.org/10.1145/1102351.1102363">Burges et al., Learning to rank using
 *     gradient descent, ICML 2005</a>
 */
@LossName("pairwise_logistic_loss")
public record PairwiseLogisticLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of pairs")
        @Nullable PairLambdaWeight lambdaWeight)
    implements PairwiseLoss {

  public PairwiseLogisticLoss {
    Faults.in(PairwiseLogisticLoss.class, temperature, lambdaWeight).orThrow();
  }

  /** Temperature 1, no lambda weight. */
  public PairwiseLogisticLoss() {
    this(1, null);
  }

  @Override
  public PairFunction function() {
    return PairFunction.LOGISTIC;
  }
}
