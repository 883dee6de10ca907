package io.rankline.loss.listwise;

import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy between the labels and the softmax of the scores of a list.
 *
 * <pre>
 *   loss(y, s) = - sum_i y'_i ln(exp(s_i) / sum_j exp(s_j))
 *   y'_i = (1 - e) t_i + e / n sum_j t_j,  t_i = w_i y_i, or w_i g_i disc(r_i) with a lambda weight
 * </pre>
 *
 * <p>Kept as the cross entropy of {@code y' / sum y'} with weight {@code sum y'}: a list whose
 * labels sum to 3 weighs three times one whose labels sum to 1. The highest score is subtracted
 * first, so that scores of any finite size are safe. A list without a positive label has weight 0.
 * e is the label smoothing, which leaves the sum as it is: the classes of Szegedy et al.
 * (Rethinking the inception architecture for computer vision, CVPR 2016) are the items of the list.
 *
 * @param lambdaWeight gives the items individual weights; null for none. Other kinds of lambda
 *     weights have no form for single items
 * @param labelSmoothing e, from 0 to below 1
 * @see <a href="https://doi.org/10.1145/1273496.1273513">Cao et al., Learning to rank: from
 *     pairwise approach to listwise approach, ICML 2007</a>
 */
@LossName("softmax_loss")
public record SoftmaxLoss(
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

  public SoftmaxLoss {
    Faults.in(SoftmaxLoss.class, temperature, lambdaWeight, labelSmoothing).orThrow();
  }

  /** No smoothing. */
  public SoftmaxLoss(double temperature, @Nullable DcgLambdaWeight lambdaWeight) {
    this(temperature, lambdaWeight, 0);
  }

  /** Temperature 1, no lambda weight, no smoothing. */
  public SoftmaxLoss() {
    this(1, null);
  }
}
