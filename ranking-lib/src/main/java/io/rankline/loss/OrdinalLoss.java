package io.rankline.loss;

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
 * @param fractionLabels whether a label between two grades counts as a fraction
 * @param temperature divides the scores
 */
public record OrdinalLoss(int ordinalSize, boolean fractionLabels, double temperature)
    implements RankingLoss {

  public OrdinalLoss {
    Require.atLeastOne("ordinal_size", ordinalSize);
    Require.positive("temperature", temperature);
  }

  /** Whole labels, temperature 1. */
  public OrdinalLoss(int ordinalSize) {
    this(ordinalSize, false, 1);
  }

  @Override
  public String wireName() {
    return LossKey.ORDINAL.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.POINTWISE;
  }

  @Override
  public int outputs() {
    return ordinalSize;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    for (int i = 0; i < list.size; i++) {
      double loss = 0;
      for (int k = 0; k < ordinalSize; k++) {
        double reached = list.y[i] - k;
        double target = reached >= 1 ? 1 : fractionLabels && reached > 0 ? reached : 0;
        double score = list.s[i * ordinalSize + k];
        loss += ExpLog.sigmoidCrossEntropy(target, score);
        list.g[i * ordinalSize + k] += list.w[i] * (ExpLog.sigmoid(score) - target);
      }
      PointKernel.add(list, i, loss);
    }
  }
}
