package io.rankline.loss.click;

import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.pointwise.SigmoidCrossEntropyLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Sigmoid cross entropy for clicks, unbiased under the position-based model.
 *
 * <pre>
 *   loss(c, s) = sum_i c_i / theta_i CE(1, s_i) + (1 - c_i / theta_i) CE(0, s_i)
 *              = sum_i max(s_i, 0) - s_i c_i / theta_i + ln(1 + exp(-|s_i|))
 * </pre>
 *
 * <p>c are the labels: clicks. theta_i is the probability that the position at which item i was
 * shown is examined, at least {@code minPropensity}. The loss can be negative. Safe for scores of
 * any finite size.
 *
 * @param bias theta
 * @param minPropensity limits the variance: no click counts more than its inverse
 * @see <a href="https://doi.org/10.1145/3336191.3371783">Saito et al., Unbiased Recommender
 *     Learning from Missing-Not-At-Random Implicit Feedback, WSDM 2020</a>
 */
@LossName("ipw_sigmoid_cross_entropy_loss")
public record IpwSigmoidCrossEntropyLoss(
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

  public IpwSigmoidCrossEntropyLoss {
    Faults.in(IpwSigmoidCrossEntropyLoss.class, bias, minPropensity, temperature).orThrow();
  }

  /** Propensities of 0.01 or more, temperature 1. */
  public IpwSigmoidCrossEntropyLoss(PositionBias bias) {
    this(bias, PositionBias.DEFAULT_MIN_PROPENSITY, 1);
  }

  @Override
  public RankingLoss decorated() {
    return new SigmoidCrossEntropyLoss(temperature);
  }

  /** The label of an item rather than its weight: an item without a click weighs 1. */
  @Override
  public double[] weighted(LossList list) {
    return list.labels();
  }
}
