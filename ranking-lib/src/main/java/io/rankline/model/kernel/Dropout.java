package io.rankline.model.kernel;

/**
 * Which outputs of a step are dropped: factors of 0, or of 1 / (1 - rate) for those that stay
 * (Srivastava et al., 2014).
 */
final class Dropout {

  /** Draws have 31 bits. */
  private static final double DRAWS = 0x1p31;

  private final Draws draws;
  private final int columns;
  private final int threshold;
  private final float scale;

  Dropout(double rate, long seed, int columns) {
    this.draws = new Draws(seed, columns);
    this.columns = columns;
    this.threshold = (int) Math.min(Integer.MAX_VALUE, Math.round(rate * DRAWS));
    this.scale = (float) (1 / (1 - rate));
  }

  float scale() {
    return scale;
  }

  /**
   * The factors of the rows of a tile.
   *
   * @param bits scratch space for as many values
   */
  void factors(int iteration, long row, int rows, int[] bits, FloatBits reinterpret, float[] to) {
    draws.fill(iteration, row, rows, bits);
    select(bits, rows * columns, threshold, Float.floatToRawIntBits(scale));
    reinterpret.asFloats(bits, rows * columns, to);
  }

  /** Replaces draws below the threshold by 0 and the others by the given bits. */
  private static void select(int[] draws, int count, int threshold, int kept) {
    for (int i = 0; i < count; i++) {
      draws[i] = ~((draws[i] - threshold) >> 31) & kept;
    }
  }
}
