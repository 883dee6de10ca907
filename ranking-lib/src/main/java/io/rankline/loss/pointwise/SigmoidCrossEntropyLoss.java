package io.rankline.loss.pointwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Cross entropy between each label and the sigmoid of its score.
 *
 * <pre>
 *   loss(y, s) = sum_i max(s_i, 0) - s_i y'_i + ln(1 + exp(-|s_i|)),  y'_i = (1 - e) y_i + e / 2
 * </pre>
 *
 * <p>Safe for scores of any finite size. Labels are used as they are: above 1 the loss falls below
 * 0 at high scores. e is the label smoothing, as Keras has it; a label above 1 is an error with it.
 *
 * @param labelSmoothing e, from 0 to below 1
 */
@LossName("sigmoid_cross_entropy_loss")
public record SigmoidCrossEntropyLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(
            fallback = "0.0",
            least = 0,
            below = 1,
            words = "must lie in [0, 1)",
            meaning = "share of a label that becomes 1/2; labels must not be above 1 then")
        double labelSmoothing)
    implements PointwiseLoss {

  public SigmoidCrossEntropyLoss {
    Faults.in(SigmoidCrossEntropyLoss.class, temperature, labelSmoothing).orThrow();
  }

  /** No smoothing. */
  public SigmoidCrossEntropyLoss(double temperature) {
    this(temperature, 0);
  }

  /** Temperature 1, no smoothing. */
  public SigmoidCrossEntropyLoss() {
    this(1);
  }

  @Override
  public double item(double label, double[] scores, int at, double[] slope) {
    double target = labelSmoothing == 0 ? label : smoothed(label);
    double s = scores[at];
    double e = ExpLog.exp(-Math.abs(s));
    slope[at] = ExpLog.sigmoid(s, e) - target;
    return ExpLog.softplus(s, e) - s * target;
  }

  private double smoothed(double label) {
    if (label > 1) {
      throw new IllegalArgumentException(
          ("label_smoothing of sigmoid_cross_entropy_loss is for labels up to 1, got %s;"
                  + " softmax_loss, pairwise_logistic_loss and ordinal_loss smooth grades")
              .formatted(label));
    }
    return (1 - labelSmoothing) * label + labelSmoothing / 2;
  }
}
