package io.rankline.loss;

/**
 * Squared difference between each label and its score.
 *
 * <pre>
 *   loss(y, s) = sum_i (y_i - s_i)^2
 * </pre>
 *
 * <p>There is no temperature. Scores above 1e154 overflow.
 */
public record MeanSquaredLoss() implements RankingLoss {

  @Override
  public String wireName() {
    return LossKey.MEAN_SQUARED.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.POINTWISE;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    for (int i = 0; i < list.size; i++) {
      double error = list.s[i] - list.y[i];
      PointKernel.add(list, i, error * error);
      list.g[i] += 2 * list.w[i] * error;
    }
  }
}
