package io.rankline.loss.pointwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Ordinal regression: one sigmoid for each grade, whether the label reaches it.
 *
 * <pre>
 *   loss(y, s) = sum_i sum_{k=1..m} max(s_ik, 0) - s_ik o_ik + ln(1 + exp(-|s_ik|))
 *   o_ik = 1 if y_i &gt;= k, y_i - k + 1 if fractions are used and that lies in (0, 1), else 0
 * </pre>
 *
 * <p>Scores have shape [B, L, m]. Safe for scores of any finite size.
 *
 * @param ordinalSize m, the number of grades above 0
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
        double temperature)
    implements PointwiseLoss {

  public OrdinalLoss {
    Faults.in(OrdinalLoss.class, ordinalSize, fractionLabels, temperature).orThrow();
  }

  /** Whole labels, temperature 1. */
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
      double target = reached >= 1 ? 1 : fractionLabels && reached > 0 ? reached : 0;
      double score = scores[at + k];
      loss += ExpLog.sigmoidCrossEntropy(target, score);
      slope[at + k] = ExpLog.sigmoid(score) - target;
    }
    return loss;
  }
}
