package io.rankline.loss;

import io.rankline.loss.click.PositionBias;

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
 * @param temperature divides the scores
 * @see <a href="https://doi.org/10.1145/3336191.3371783">Saito et al., Unbiased Recommender
 *     Learning from Missing-Not-At-Random Implicit Feedback, WSDM 2020</a>
 */
public record IpwSigmoidCrossEntropyLoss(
    PositionBias bias, double minPropensity, double temperature) implements RankingLoss {

  public IpwSigmoidCrossEntropyLoss {
    PositionBias.requireMinPropensity(minPropensity);
    Require.positive("temperature", temperature);
  }

  /** Propensities of 0.01 or more, temperature 1. */
  public IpwSigmoidCrossEntropyLoss(PositionBias bias) {
    this(bias, PositionBias.DEFAULT_MIN_PROPENSITY, 1);
  }

  @Override
  public String wireName() {
    return LossKey.IPW_SIGMOID_CROSS_ENTROPY.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.POINTWISE;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    for (int i = 0; i < list.size; i++) {
      double target = list.y[i] * bias.inversePropensity(list.position[i], minPropensity);
      PointKernel.add(list, i, ExpLog.sigmoidCrossEntropy(target, list.s[i]));
      list.g[i] += list.w[i] * (ExpLog.sigmoid(list.s[i]) - target);
    }
  }
}
