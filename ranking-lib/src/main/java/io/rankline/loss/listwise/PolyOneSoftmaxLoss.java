package io.rankline.loss.listwise;

import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Softmax loss plus the first term of its polynomial expansion once more.
 *
 * <pre>
 *   loss(y, s) = sum y' (CE + epsilon (1 - sum_i q_i p_i)),  q = y' / sum y', p = softmax(s)
 *   CE = - sum_i q_i ln p_i
 * </pre>
 *
 * <p>y' and all else as in {@link SoftmaxLoss}.
 *
 * @param lambdaWeight gives the items individual weights; null for none
 * @param labelSmoothing as in {@link SoftmaxLoss}
 * @see <a href="https://arxiv.org/abs/2204.12511">Leng et al., PolyLoss, ICLR 2022</a>
 */
@LossName("poly_one_softmax_loss")
public record PolyOneSoftmaxLoss(
    @Option(fallback = "1.0", meaning = "weight of the further term") double epsilon,
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of items")
        @Nullable DcgLambdaWeight lambdaWeight,
    @Option(
            fallback = "0.0",
            least = 0,
            below = 1,
            words = "must lie in [0, 1)",
            meaning = "share of a list's labels that all its items have alike")
        double labelSmoothing)
    implements SoftmaxFormula {

  public PolyOneSoftmaxLoss {
    Faults.in(PolyOneSoftmaxLoss.class, epsilon, temperature, lambdaWeight, labelSmoothing)
        .addUnless(
            Math.abs(epsilon) <= Double.MAX_VALUE, "epsilon", "must be finite, got %s", epsilon)
        .orThrow();
  }

  /** No smoothing. */
  public PolyOneSoftmaxLoss(
      double epsilon, double temperature, @Nullable DcgLambdaWeight lambdaWeight) {
    this(epsilon, temperature, lambdaWeight, 0);
  }

  /** Epsilon 1, temperature 1, no lambda weight, no smoothing. */
  public PolyOneSoftmaxLoss() {
    this(1, 1, null);
  }
}
