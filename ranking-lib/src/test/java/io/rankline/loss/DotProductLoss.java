package io.rankline.loss;

import io.rankline.loss.form.CustomLoss;

/** A loss as users write it: the negative product of labels and scores. */
record DotProductLoss() implements CustomLoss {

  @Override
  public String wireName() {
    return "dot_product_loss";
  }

  @Override
  public double lossAndGradient(
      double[] labels, double[] scores, double[] weights, int size, double[] gradient) {
    double loss = 0;
    for (int i = 0; i < size; i++) {
      loss -= labels[i] * scores[i];
      gradient[i] = -labels[i];
    }
    return loss;
  }
}
