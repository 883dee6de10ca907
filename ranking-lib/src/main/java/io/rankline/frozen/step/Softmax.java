package io.rankline.frozen.step;

import io.rankline.loss.arithmetic.ExpLog;

/** {@code e^x / sum of e^x}. */
final class Softmax {

  private Softmax() {}

  /** Replaces the first values of an array by their softmax. */
  static void apply(float[] x, int length) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      largest = Math.max(largest, x[i]);
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double exponential = ExpLog.exp((double) x[i] - largest);
      sum += exponential;
      x[i] = (float) exponential;
    }
    float scale = (float) (1 / sum);
    for (int i = 0; i < length; i++) {
      x[i] *= scale;
    }
  }
}
