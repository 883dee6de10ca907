package io.rankline.loss;

/**
 * Cross entropy between each label and the sigmoid of its score.
 *
 * <pre>
 *   loss(y, s) = sum_i max(s_i, 0) - s_i y_i + ln(1 + exp(-|s_i|))
 * </pre>
 *
 * <p>Safe for scores of any finite size. Labels are used as they are: above 1 the loss falls below
 * 0 at high scores.
 *
 * @param temperature divides the scores
 */
public record SigmoidCrossEntropyLoss(double temperature) implements RankingLoss {

  public SigmoidCrossEntropyLoss {
    Require.positive("temperature", temperature);
  }

  /** Temperature 1. */
  public SigmoidCrossEntropyLoss() {
    this(1);
  }

  @Override
  public String wireName() {
    return LossKey.SIGMOID_CROSS_ENTROPY.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.POINTWISE;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    for (int i = 0; i < list.size; i++) {
      PointKernel.add(list, i, ExpLog.sigmoidCrossEntropy(list.y[i], list.s[i]));
      list.g[i] += list.w[i] * (ExpLog.sigmoid(list.s[i]) - list.y[i]);
    }
  }
}
