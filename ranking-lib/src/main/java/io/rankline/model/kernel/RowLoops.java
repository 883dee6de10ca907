package io.rankline.model.kernel;

/**
 * The inner loops, over a few rows that lie one after the other. Each is a single loop that the JVM
 * compiles to vector instructions, which Java 17 does under conditions: every array is read and
 * written at the same index (what belongs to columns is repeated for each row, see {@link
 * Tile#repeat}), and there is no branch, no conversion between float and int, and no conditional
 * expression ({@link Math#max} is vectorised, {@code ?:} is not).
 */
final class RowLoops {

  /**
   * So large that the product with any float above 2^-120 is above 128, which turns {@code min(x *
   * STEEP, s)} into "s where x is above 0, else 0" for x of 0 or more and s up to 128.
   */
  private static final float STEEP = 0x1p127f;

  private RowLoops() {}

  static void relu(float[] z, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = Math.max(z[i], 0f);
    }
  }

  static void multiply(float[] z, float[] factors, int count) {
    for (int i = 0; i < count; i++) {
      z[i] *= factors[i];
    }
  }

  static void add(float[] sums, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += values[i];
    }
  }

  /** Adds z - shift and its square to sums. */
  static void moments(float[] z, float[] shift, float[] sums, float[] squares, int count) {
    for (int i = 0; i < count; i++) {
      float d = z[i] - shift[i];
      sums[i] += d;
      squares[i] += d * d;
    }
  }

  /** (z - mean) * slope + offset. */
  static void normalize(float[] z, float[] mean, float[] slope, float[] offset, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = (z[i] - mean[i]) * slope[i] + offset[i];
    }
  }

  /** max(0, (z - mean) * slope + offset). */
  static void normalizeRelu(float[] z, float[] mean, float[] slope, float[] offset, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = Math.max((z[i] - mean[i]) * slope[i] + offset[i], 0f);
    }
  }

  /** Multiplies gradients by a factor where the output is above 0, by 0 where it is 0. */
  static void wherePositive(float[] g, float[] output, float factor, int count) {
    for (int i = 0; i < count; i++) {
      g[i] *= Math.min(output[i] * STEEP, factor);
    }
  }

  /** Adds g and g * (z - mean) to sums. */
  static void gradientSums(
      float[] g, float[] z, float[] mean, float[] sums, float[] products, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += g[i];
      products[i] += g[i] * (z[i] - mean[i]);
    }
  }

  /** g * slope - ((z - mean) * tilt + lift). */
  static void normalizeBackward(
      float[] g, float[] z, float[] mean, float[] slope, float[] tilt, float[] lift, int count) {
    for (int i = 0; i < count; i++) {
      g[i] = g[i] * slope[i] - ((z[i] - mean[i]) * tilt[i] + lift[i]);
    }
  }
}
