package io.rankline.loss.pointwise;

import io.rankline.loss.form.LossName;

/**
 * Squared difference between each label and its score.
 *
 * <pre>
 *   loss(y, s) = sum_i (y_i - s_i)^2
 * </pre>
 *
 * <p>There is no temperature. Scores above 1e154 overflow.
 */
@LossName("mean_squared_loss")
public record MeanSquaredLoss() implements PointwiseLoss {

  @Override
  public double item(double label, double[] scores, int at, double[] slope) {
    double error = scores[at] - label;
    slope[at] = 2 * error;
    return error * error;
  }
}
