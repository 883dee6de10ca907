package io.rankline.loss.pointwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.GradeSmoothing;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Ordinal regression: one sigmoid for each grade, whether the label reaches it.
 *
 * <pre>
 *   loss(y, s) = sum_i sum_{k=1..m} max(s_ik, 0) - s_ik o_ik + ln(1 + exp(-|s_ik|))
 *   o_ik = 1 if y_i &gt;= k, y_i - k + 1 if fractions are used and that lies in (0, 1), else 0
 * with label smoothing e:
 *   o_ik = 1 / (1 + (e / (1 - e))^d),  d = y_i - k + 1 if y_i &gt;= k, else y_i - k
 * </pre>
 *
 * <p>Scores have shape [B, L, m]. Safe for scores of any finite size.
 *
 * @param ordinalSize m, the number of grades above 0
 * @param labelSmoothing e, by {@link GradeSmoothing}; from 0 to below 1/2, for whole labels
 */
@LossName("ordinal_loss")
public record OrdinalLoss(
    @Option(fallback = "1", least = 1, meaning = "number of grades above 0") int ordinalSize,
    @Option(
            key = "use_fraction_label",
            fallback = "false",
            meaning = "whether a label between two grades counts as a fraction")
        boolean fractionLabels,
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(
            fallback = "0.0",
            least = 0,
            below = 0.5,
            words = GradeSmoothing.RULE,
            meaning = "probability that of two grades next to each other the wrong one was given")
        double labelSmoothing)
    implements PointwiseLoss {

  public OrdinalLoss {
    Faults.in(OrdinalLoss.class, ordinalSize, fractionLabels, temperature, labelSmoothing)
        .addUnless(
            labelSmoothing == 0 || !fractionLabels,
            "label_smoothing",
            "is for whole grades; leave use_fraction_label out, or it at 0, got %s",
            labelSmoothing)
        .orThrow();
  }

  /** No smoothing. */
  public OrdinalLoss(int ordinalSize, boolean fractionLabels, double temperature) {
    this(ordinalSize, fractionLabels, temperature, 0);
  }

  /** Whole labels, temperature 1, no smoothing. */
  public OrdinalLoss(int ordinalSize) {
    this(ordinalSize, false, 1);
  }

  @Override
  public int outputs() {
    return ordinalSize;
  }

  @Override
  public double item(double label, double[] scores, int at, double[] slope) {
    double loss = 0;
    for (int k = 0; k < ordinalSize; k++) {
      double reached = label - k;
      double target = labelSmoothing == 0 ? plain(reached) : smoothed(reached);
      double score = scores[at + k];
      loss += ExpLog.sigmoidCrossEntropy(target, score);
      slope[at + k] = ExpLog.sigmoid(score) - target;
    }
    return loss;
  }

  private double plain(double reached) {
    return reached >= 1 ? 1 : fractionLabels && reached > 0 ? reached : 0;
  }

  /** A threshold that the label just reaches, or just fails, is one grade from it. */
  private double smoothed(double reached) {
    double gap = reached >= 1 ? reached : reached - 1;
    return GradeSmoothing.right(gap, GradeSmoothing.logOdds(labelSmoothing));
  }
}
