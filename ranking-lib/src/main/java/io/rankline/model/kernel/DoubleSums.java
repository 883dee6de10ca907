package io.rankline.model.kernel;

import java.util.Arrays;

/** Sums of columns: float within a panel, double across panels and workers. */
final class DoubleSums {

  private final double[] totals;
  private final float[] panel;

  DoubleSums(int width) {
    totals = new double[width];
    panel = new float[width];
  }

  /** Where a panel's sums go; {@link #flush} ends the panel. */
  float[] panel() {
    return panel;
  }

  void flush() {
    move(panel, totals);
  }

  /** Adds float sums to double ones and sets them to 0. */
  static void move(float[] from, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += from[j];
    }
    Arrays.fill(from, 0);
  }

  /** The sum over workers, in their order. */
  static double[] total(DoubleSums[] workers) {
    double[] sum = new double[workers[0].totals.length];
    for (DoubleSums worker : workers) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += worker.totals[j];
      }
    }
    return sum;
  }
}
