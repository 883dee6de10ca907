package io.rankline.loss.pointwise;

import io.rankline.loss.form.LossFamily;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;

/** A sum over items: {@code sum_i w_i loss(y_i, s_i)}. What it says of one item is the loss. */
public interface PointwiseLoss extends RankingLoss {

  /**
   * The loss of one item.
   *
   * @param label y
   * @param scores holds the M scores of the item from index {@code at} on
   * @param slope receives the derivative of the loss by each of them, at the same indices
   */
  double item(double label, double[] scores, int at, double[] slope);

  @Override
  default LossFamily family() {
    return LossFamily.POINTWISE;
  }

  @Override
  default void evaluate(LossList list) {
    int outputs = list.outputs();
    double[] labels = list.labels();
    double[] scores = list.scores();
    double[] weights = list.weights();
    double[] gradient = list.gradient();
    double[] losses = list.itemLosses();
    int n = list.size();
    for (int i = 0; i < n; i++) {
      losses[i] = item(labels[i], scores, i * outputs, gradient);
    }
    // Apart from the loop above: these are short and without calls.
    list.addItems();
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < n; i++) {
        gradient[i * outputs + k] *= weights[i];
      }
    }
  }
}
