package io.rankline.loss.click;

import io.rankline.loss.form.LossName;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Pairwise logistic loss for clicks, the clicked item of a pair weighted by how rarely its position
 * is examined.
 *
 * <pre>
 *   loss(c, s) = sum over c_i &gt; c_j of lambda_ij ln(1 + exp(-(s_i - s_j))) / theta_i
 * </pre>
 *
 * <p>Computed as {@link PairwiseLogisticLoss} is. theta_i is the probability that the position at
 * which item i was shown is examined, at least {@code minPropensity}.
 *
 * @param bias theta
 * @param minPropensity limits the variance: no click counts more than its inverse
 * @param lambdaWeight lambda_ij; null for 1
 * @see <a href="https://doi.org/10.1145/3018661.3018699">Joachims et al., Unbiased Learning-to-Rank
 *     with Biased Feedback, WSDM 2017</a>
 */
@LossName("ipw_pairwise_logistic_loss")
public record IpwPairwiseLogisticLoss(
    @Option(
            key = "position_bias",
            form = PositionBiasForm.class,
            meaning = "examination by position")
        PositionBias bias,
    @Option(
            fallback = "0.01",
            above = 0,
            most = 1,
            words = "must lie in (0, 1]",
            meaning = "the smallest examination that is believed")
        double minPropensity,
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of pairs")
        @Nullable PairLambdaWeight lambdaWeight)
    implements InversePropensityLoss {

  public IpwPairwiseLogisticLoss {
    Faults.in(IpwPairwiseLogisticLoss.class, bias, minPropensity, temperature, lambdaWeight)
        .orThrow();
  }

  /** Propensities of 0.01 or more, temperature 1, no lambda weight. */
  public IpwPairwiseLogisticLoss(PositionBias bias) {
    this(bias, PositionBias.DEFAULT_MIN_PROPENSITY, 1, null);
  }

  @Override
  public RankingLoss decorated() {
    return new PairwiseLogisticLoss(temperature, lambdaWeight);
  }
}
