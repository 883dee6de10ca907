package io.rankline.loss.pointwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Cross entropy between each label and the sigmoid of its score.
 *
 * <pre>
 *   loss(y, s) = sum_i max(s_i, 0) - s_i y_i + ln(1 + exp(-|s_i|))
 * </pre>
 *
 * <p>Safe for scores of any finite size. Labels are used as they are: above 1 the loss falls below
 * 0 at high scores.
 */
@LossName("sigmoid_cross_entropy_loss")
public record SigmoidCrossEntropyLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements PointwiseLoss {

  public SigmoidCrossEntropyLoss {
    Faults.in(SigmoidCrossEntropyLoss.class, temperature).orThrow();
  }

  /** Temperature 1. */
  public SigmoidCrossEntropyLoss() {
    this(1);
  }

  @Override
  public double item(double label, double[] scores, int at, double[] slope) {
    double s = scores[at];
    double e = ExpLog.exp(-Math.abs(s));
    slope[at] = ExpLog.sigmoid(s, e) - label;
    return ExpLog.softplus(s, e) - s * label;
  }
}
