package io.rankline.loss.pairwise;

import io.rankline.loss.form.GradeSmoothing;
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
 *     + lambda_ij q_ij (s_i - s_j),  q_ij = 1 / (1 + ((1 - e) / e)^(y_i - y_j)), 0 where e is 0
 * </pre>
 *
 * <p>The exponential is taken of the negative magnitude, or as a quotient where scores lie within
 * 600 of each other, so that scores of any finite size are safe. A list without such a pair gives
 * 0.
 *
 * <p>q is the probability that the order of the labels is wrong, so this is the cross entropy of 1
 * - q and a sigmoid, RankNet's with target probabilities: e for labels that are one grade apart,
 * less with each grade more.
 *
 * @param lambdaWeight lambda_ij; null for 1
 * @param labelSmoothing e, by {@link GradeSmoothing}; from 0 to below 1/2
 * @see <a href="https://doi.org/10.1145/1102351.1102363">Burges et al., Learning to rank using
 *     gradient descent, ICML 2005</a>
 */
@LossName("pairwise_logistic_loss")
public record PairwiseLogisticLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of pairs")
        @Nullable PairLambdaWeight lambdaWeight,
    @Option(
            fallback = "0.0",
            least = 0,
            below = 0.5,
            words = GradeSmoothing.RULE,
            meaning = "probability that the order of two items one grade apart is wrong")
        double labelSmoothing)
    implements PairwiseLoss {

  public PairwiseLogisticLoss {
    Faults.in(PairwiseLogisticLoss.class, temperature, lambdaWeight, labelSmoothing).orThrow();
  }

  /** No smoothing. */
  public PairwiseLogisticLoss(double temperature, @Nullable PairLambdaWeight lambdaWeight) {
    this(temperature, lambdaWeight, 0);
  }

  /** Temperature 1, no lambda weight, no smoothing. */
  public PairwiseLogisticLoss() {
    this(1, null);
  }

  @Override
  public PairFunction function() {
    return PairFunction.LOGISTIC;
  }
}
