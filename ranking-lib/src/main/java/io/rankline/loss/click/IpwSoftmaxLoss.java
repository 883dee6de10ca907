package io.rankline.loss.click;

import io.rankline.loss.form.LossName;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Softmax loss for clicks, each click weighted by how rarely its position is examined.
 *
 * <pre>
 *   loss(c, s) = - sum_i w_i c_i / theta_i ln(exp(s_i) / sum_j exp(s_j))
 * </pre>
 *
 * <p>Computed, weighted and reduced as {@link SoftmaxLoss} is. theta_i is the probability that the
 * position at which item i was shown is examined, at least {@code minPropensity}.
 *
 * @param bias theta
 * @param minPropensity limits the variance: no click counts more than its inverse
 * @see <a href="https://doi.org/10.1145/3018661.3018699">Joachims et al., Unbiased Learning-to-Rank
 *     with Biased Feedback, WSDM 2017</a>
 */
@LossName("ipw_softmax_loss")
public record IpwSoftmaxLoss(
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
        double temperature)
    implements InversePropensityLoss {

  public IpwSoftmaxLoss {
    Faults.in(IpwSoftmaxLoss.class, bias, minPropensity, temperature).orThrow();
  }

  /** Propensities of 0.01 or more, temperature 1. */
  public IpwSoftmaxLoss(PositionBias bias) {
    this(bias, PositionBias.DEFAULT_MIN_PROPENSITY, 1);
  }

  @Override
  public RankingLoss decorated() {
    return new SoftmaxLoss(temperature, null);
  }
}
