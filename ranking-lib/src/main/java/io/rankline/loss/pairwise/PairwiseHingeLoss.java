package io.rankline.loss.pairwise;

import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Hinge loss of the score difference of pairs with different labels.
 *
 * <pre>
 *   loss(y, s) = sum over y_i &gt; y_j of lambda_ij max(0, 1 - (s_i - s_j))
 * </pre>
 *
 * <p>The slope at the kink is -1/2, midway between both sides. A list without such a pair gives 0.
 *
 * @param lambdaWeight lambda_ij; null for 1
 * @see <a href="https://doi.org/10.1145/775047.775067">Joachims, Optimizing search engines using
 *     clickthrough data, KDD 2002</a>
 */
@LossName("pairwise_hinge_loss")
public record PairwiseHingeLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of pairs")
        @Nullable PairLambdaWeight lambdaWeight)
    implements PairwiseLoss {

  public PairwiseHingeLoss {
    Faults.in(PairwiseHingeLoss.class, temperature, lambdaWeight).orThrow();
  }

  /** Temperature 1, no lambda weight. */
  public PairwiseHingeLoss() {
    this(1, null);
  }

  @Override
  public PairFunction function() {
    return PairFunction.HINGE;
  }
}
