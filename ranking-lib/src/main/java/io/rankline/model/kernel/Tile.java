package io.rankline.model.kernel;

/**
 * A few rows on the heap, small enough for the first-level cache, and scratch space of a worker.
 */
final class Tile {

  /** Floats of a tile where rows are not wider: some arrays of 8 kB fit the first-level cache. */
  private static final int FLOATS = 2048;

  private final int rows;
  private final float[] values;
  private final float[] outputs;
  private final float[] factors;
  private final int[] draws;
  private final FloatBits floatBits = new FloatBits();

  Tile(int width) {
    rows = rows(width);
    values = new float[rows * width];
    outputs = new float[rows * width];
    factors = new float[rows * width];
    draws = new int[rows * width];
  }

  static int rows(int width) {
    return Math.max(1, FLOATS / width);
  }

  /** What belongs to columns, once for each row of a tile. */
  static float[] repeat(float[] row) {
    float[] repeated = new float[rows(row.length) * row.length];
    for (int from = 0; from < repeated.length; from += row.length) {
      System.arraycopy(row, 0, repeated, from, row.length);
    }
    return repeated;
  }

  int rows() {
    return rows;
  }

  /** Outputs of the product, or gradients. */
  float[] values() {
    return values;
  }

  /** What the gradients belong to. */
  float[] outputs() {
    return outputs;
  }

  float[] dropoutFactors(Dropout dropout, int iteration, long row, int count) {
    dropout.factors(iteration, row, count, draws, floatBits, factors);
    return factors;
  }

  void addNoise(Noise noise, int iteration, long row, int count) {
    noise.add(iteration, row, count, draws, values);
  }
}
