package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Tile;
import java.util.Arrays;

/** Sums of columns: float for each row of a tile within a panel, double across panels. */
final class DoubleSums {

  private final double[] totals;
  private final float[] panel;

  DoubleSums(int width) {
    totals = new double[width];
    panel = new float[Tile.rows(width) * width];
  }

  /** Where a panel's sums go; {@link #flush} ends the panel. */
  float[] panel() {
    return panel;
  }

  void flush() {
    move(panel, totals);
  }

  /** Adds the float sums of a tile's rows to the double ones of its columns and sets them to 0. */
  static void move(float[] from, double[] to) {
    for (int r = 0; r < from.length; r += to.length) {
      for (int j = 0; j < to.length; j++) {
        to[j] += from[r + j];
      }
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
