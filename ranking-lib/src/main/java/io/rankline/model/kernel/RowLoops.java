package io.rankline.model.kernel;

/**
 * The inner loops, over rows that lie one after the other in an array. Each is one statement that
 * the JVM compiles to vector instructions: no branch, no conversion between float and int, no
 * conditional expression (Java 17 vectorises {@link Math#max} but not {@code ?:}).
 */
final class RowLoops {

  /**
   * A number so large that the product with any normal float above 0 is above 1, which turns {@code
   * min(x * STEEP, s)} into "s where x is above 0, else 0" for x of 0 or more.
   */
  private static final float STEEP = 0x1p127f;

  private RowLoops() {}

  static void addRow(float[] z, int offset, float[] row, int width) {
    for (int j = 0; j < width; j++) {
      z[offset + j] += row[j];
    }
  }

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

  /** Adds values to a part of the sums. */
  static void addTo(float[] sums, int offset, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      sums[offset + i] += values[i];
    }
  }

  /** Adds a row to the sums of its columns. */
  static void addFrom(float[] sums, float[] values, int offset, int width) {
    for (int j = 0; j < width; j++) {
      sums[j] += values[offset + j];
    }
  }

  /** Sums of z - shift and of its square, column by column. */
  static void moments(
      float[] z, int offset, float[] shift, float[] sums, float[] squares, int width) {
    for (int j = 0; j < width; j++) {
      float d = z[offset + j] - shift[j];
      sums[j] += d;
      squares[j] += d * d;
    }
  }

  /** (z - mean) * slope + beta. */
  static void normalize(
      float[] z, int offset, float[] mean, float[] slope, float[] beta, int width) {
    for (int j = 0; j < width; j++) {
      z[offset + j] = (z[offset + j] - mean[j]) * slope[j] + beta[j];
    }
  }

  /** max(0, (z - mean) * slope + beta). */
  static void normalizeRelu(
      float[] z, int offset, float[] mean, float[] slope, float[] beta, int width) {
    for (int j = 0; j < width; j++) {
      z[offset + j] = Math.max((z[offset + j] - mean[j]) * slope[j] + beta[j], 0f);
    }
  }

  /** Multiplies gradients by a factor where the output is above 0, by 0 where it is 0. */
  static void wherePositive(float[] g, float[] output, float factor, int count) {
    for (int i = 0; i < count; i++) {
      g[i] *= Math.min(output[i] * STEEP, factor);
    }
  }

  /** Sums of g and of g * (z - mean), column by column. */
  static void gradientSums(
      float[] g, float[] z, int offset, float[] mean, float[] sums, float[] products, int width) {
    for (int j = 0; j < width; j++) {
      float d = g[offset + j];
      sums[j] += d;
      products[j] += d * (z[offset + j] - mean[j]);
    }
  }

  /** g * slope - ((z - mean) * tilt + lift). */
  static void normalizeBackward(
      float[] g,
      float[] z,
      int offset,
      float[] mean,
      float[] slope,
      float[] tilt,
      float[] lift,
      int width) {
    for (int j = 0; j < width; j++) {
      g[offset + j] = g[offset + j] * slope[j] - ((z[offset + j] - mean[j]) * tilt[j] + lift[j]);
    }
  }
}
