package io.rankline.model.kernel;

/**
 * The inner loops, over a stretch of arrays. Each is a single loop that the JVM compiles to vector
 * instructions, which Java 17 does under conditions: every array is read and written at the same
 * index (what belongs to columns is repeated for each row, see {@link Tile#repeat}), and there is
 * no branch, no conversion between float and int, and no conditional expression ({@link Math#max}
 * is vectorised, {@code ?:} is not). Sums run in four chains, always the same, so they are
 * repeatable.
 */
public final class FloatLoops {

  /**
   * So large that the product with any float above 2^-120 is above 128, which turns {@code min(x *
   * STEEP, s)} into "s where x is above 0, else 0" for x of 0 or more and s up to 128.
   */
  private static final float STEEP = 0x1p127f;

  private FloatLoops() {}

  public static void relu(float[] z, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = Math.max(z[i], 0f);
    }
  }

  /** Puts products. */
  static void product(float[] left, float[] right, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = left[i] * right[i];
    }
  }

  /** Multiplies a stretch by the same stretch of another array. */
  public static void multiply(float[] values, float[] factors, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] *= factors[i];
    }
  }

  public static void multiply(float[] values, float factor, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] *= factor;
    }
  }

  public static void add(float[] sums, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += values[i];
    }
  }

  public static void add(float[] values, float addend, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] += addend;
    }
  }

  /** Adds z - shift and its square to sums. */
  public static void moments(float[] z, float[] shift, float[] sums, float[] squares, int count) {
    for (int i = 0; i < count; i++) {
      float d = z[i] - shift[i];
      sums[i] += d;
      squares[i] += d * d;
    }
  }

  /** (z - mean) * slope + offset. */
  public static void normalize(float[] z, float[] mean, float[] slope, float[] offset, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = (z[i] - mean[i]) * slope[i] + offset[i];
    }
  }

  /** max(0, (z - mean) * slope + offset). */
  public static void normalizeRelu(
      float[] z, float[] mean, float[] slope, float[] offset, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = Math.max((z[i] - mean[i]) * slope[i] + offset[i], 0f);
    }
  }

  /** Multiplies gradients by a factor where the output is above 0, by 0 where it is 0. */
  public static void wherePositive(float[] g, float[] output, float factor, int count) {
    for (int i = 0; i < count; i++) {
      g[i] *= Math.min(output[i] * STEEP, factor);
    }
  }

  /** Adds g and g * (z - mean) to sums. */
  public static void gradientSums(
      float[] g, float[] z, float[] mean, float[] sums, float[] products, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += g[i];
      products[i] += g[i] * (z[i] - mean[i]);
    }
  }

  /** g * slope - ((z - mean) * tilt + lift). */
  public static void normalizeBackward(
      float[] g, float[] z, float[] mean, float[] slope, float[] tilt, float[] lift, int count) {
    for (int i = 0; i < count; i++) {
      g[i] = g[i] * slope[i] - ((z[i] - mean[i]) * tilt[i] + lift[i]);
    }
  }

  /** Makes {@code slopes} {@code probabilities * (slopes - mean)}. */
  public static void softmaxSlope(
      float[] slopes, float[] probabilities, int at, int count, float mean) {
    for (int i = at; i < at + count; i++) {
      slopes[i] = probabilities[i] * (slopes[i] - mean);
    }
  }

  /** The largest value of a stretch that is not empty. */
  public static float max(float[] values, int at, int count) {
    float a = values[at];
    float b = a;
    float c = a;
    float d = a;
    int i = at;
    int end = at + count;
    for (; i + 3 < end; i += 4) {
      a = Math.max(a, values[i]);
      b = Math.max(b, values[i + 1]);
      c = Math.max(c, values[i + 2]);
      d = Math.max(d, values[i + 3]);
    }
    for (; i < end; i++) {
      a = Math.max(a, values[i]);
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  public static float sum(float[] values, int at, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = at;
    int end = at + count;
    for (; i + 3 < end; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < end; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }

  /** Sum of the products of the same stretch of two arrays. */
  public static float dot(float[] left, float[] right, int at, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = at;
    int end = at + count;
    for (; i + 3 < end; i += 4) {
      a += left[i] * right[i];
      b += left[i + 1] * right[i + 1];
      c += left[i + 2] * right[i + 2];
      d += left[i + 3] * right[i + 3];
    }
    for (; i < end; i++) {
      a += left[i] * right[i];
    }
    return (a + b) + (c + d);
  }

  /** mean = keep * mean + share * x. */
  public static void average(float[] mean, float[] x, float keep, float share, int count) {
    for (int i = 0; i < count; i++) {
      mean[i] = keep * mean[i] + x[i] * share;
    }
  }

  /** mean = keep * mean + share * x^2. */
  public static void averageOfSquares(float[] mean, float[] x, float keep, float share, int count) {
    for (int i = 0; i < count; i++) {
      mean[i] = keep * mean[i] + x[i] * x[i] * share;
    }
  }

  /** to = scale * x / (sqrt(square) + epsilon). */
  public static void overRoot(
      float[] to, float[] x, float[] square, float scale, float epsilon, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = x[i] * scale / ((float) Math.sqrt(square[i]) + epsilon);
    }
  }

  /** Puts the larger of both. */
  public static void larger(float[] values, float[] others, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(values[i], others[i]);
    }
  }
}
