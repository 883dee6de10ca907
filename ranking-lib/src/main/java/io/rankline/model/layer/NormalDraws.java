package io.rankline.model.layer;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Normally distributed numbers as a function of where they are used. */
final class NormalDraws {

  private static final int INDEX_BITS = 16;

  /** Medians of 2^16 equally likely slices of the standard normal distribution, ascending. */
  private static final float[] QUANTILES = quantiles();

  private NormalDraws() {}

  /**
   * Fills rows with draws.
   *
   * @param into filled from 0, {@code rows * width} values
   */
  static void fill(
      CountedDraws draws,
      int firstRow,
      int rows,
      int width,
      float standardDeviation,
      float[] into) {
    int[] bits = new int[Math.min(width, BitBlock.SIZE)];
    for (int i = 0; i < rows; i++) {
      int rowKey = draws.rowKey(firstRow + i);
      for (int from = 0; from < width; from += BitBlock.SIZE) {
        int count = Math.min(BitBlock.SIZE, width - from);
        CountedDraws.bits(rowKey, from, bits, count);
        for (int j = 0; j < count; j++) {
          int slice = bits[j] >>> (Integer.SIZE - INDEX_BITS);
          into[i * width + from + j] = standardDeviation * QUANTILES[slice];
        }
      }
    }
  }

  private static float[] quantiles() {
    NormalDistribution standard = NormalDistribution.of(0, 1);
    float[] quantiles = new float[1 << INDEX_BITS];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = (float) standard.inverseCumulativeProbability((i + 0.5) / quantiles.length);
    }
    return quantiles;
  }
}
