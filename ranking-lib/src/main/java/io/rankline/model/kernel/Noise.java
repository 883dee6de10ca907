package io.rankline.model.kernel;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Gaussian noise of a step. A value is one of 2^16 equally likely quantiles of the normal
 * distribution, scaled to the exact variance: 4.3 standard deviations at most, which noise on
 * features does not tell from the real thing, at the price of one look into a table.
 */
final class Noise {

  private static final int LEVELS = 1 << 16;

  private static final float[] QUANTILES = quantiles();

  private final Draws draws;
  private final int columns;
  private final float stddev;

  Noise(double stddev, long seed, int columns) {
    // Another stream than that of dropout with the same seed.
    this.draws = new Draws(~seed, columns);
    this.columns = columns;
    this.stddev = (float) stddev;
  }

  /** Adds the noise of the rows of a tile to their values. */
  void add(int iteration, long row, int rows, int[] scratch, float[] to) {
    draws.fill(iteration, row, rows, scratch);
    for (int i = 0; i < rows * columns; i++) {
      to[i] += stddev * QUANTILES[scratch[i] >>> 15];
    }
  }

  private static float[] quantiles() {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double[] values = new double[LEVELS];
    double squares = 0;
    for (int i = 0; i < LEVELS; i++) {
      values[i] = normal.inverseCumulativeProbability((i + 0.5) / LEVELS);
      squares += values[i] * values[i];
    }
    double scale = 1 / Math.sqrt(squares / LEVELS);
    float[] quantiles = new float[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      quantiles[i] = (float) (values[i] * scale);
    }
    return quantiles;
  }
}
