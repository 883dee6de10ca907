package io.rankline.loss.listwise;

import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Softmax loss against an anchor, so that scores mean something by themselves.
 *
 * <pre>
 *   loss(y, s) = softmax_loss of the list with one more item of label virtualLabel and score 0
 *              = - sum_i y'_i ln(exp(s_i) / (1 + sum_j exp(s_j))) + v' ln(1 + sum_j exp(s_j))
 * </pre>
 *
 * <p>The further item has weight 1, or the list's where weights are per list. With a lambda weight
 * it takes its rank among the others, behind those of score 0. A list whose labels and virtual
 * label sum to 0 has weight 0.
 *
 * @param lambdaWeight gives the items individual weights; null for none
 * @see <a href="https://doi.org/10.1145/3534678.3539072">Yan et al., Scale Calibration of Deep
 *     Ranking Models, KDD 2022</a>
 */
@LossName("calibrated_softmax_loss")
public record CalibratedSoftmaxLoss(
    @Option(fallback = "0.0", least = 0, meaning = "label of the item that is appended")
        double virtualLabel,
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of items")
        @Nullable DcgLambdaWeight lambdaWeight)
    implements SoftmaxFormula {

  public CalibratedSoftmaxLoss {
    Faults.in(CalibratedSoftmaxLoss.class, virtualLabel, temperature, lambdaWeight).orThrow();
  }

  /** Virtual label 0, temperature 1, no lambda weight. */
  public CalibratedSoftmaxLoss() {
    this(0, 1, null);
  }

  @Override
  public void evaluate(LossList list) {
    int n = list.size();
    list.labels()[n] = virtualLabel;
    list.scores()[n] = 0;
    list.weights()[n] = list.listWeight();
    list.scratch(SoftmaxKernel.class, SoftmaxKernel::new)
        .evaluate(list, n + 1, lambdaWeight, labelSmoothing(), epsilon());
  }
}
