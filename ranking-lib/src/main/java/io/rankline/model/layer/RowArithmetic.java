package io.rankline.model.layer;

/**
 * Loops over a stretch of an array, written so that the compiler makes vector instructions or
 * independent chains of them; sums always run in the same lanes, so they are repeatable.
 */
final class RowArithmetic {

  private RowArithmetic() {}

  static void add(float[] values, int at, int count, float addend) {
    for (int i = at; i < at + count; i++) {
      values[i] += addend;
    }
  }

  /** Adds the same stretch of another array to a stretch. */
  static void add(float[] values, int at, int count, float[] addends) {
    for (int i = at; i < at + count; i++) {
      values[i] += addends[i];
    }
  }

  static void multiply(float[] values, int at, int count, float factor) {
    for (int i = at; i < at + count; i++) {
      values[i] *= factor;
    }
  }

  /** Multiplies a stretch by the same stretch of another array. */
  static void multiply(float[] values, int at, int count, float[] factors) {
    for (int i = at; i < at + count; i++) {
      values[i] *= factors[i];
    }
  }

  /** Makes {@code slopes} {@code probabilities * (slopes - mean)}. */
  static void softmaxSlope(float[] slopes, float[] probabilities, int at, int count, float mean) {
    for (int i = at; i < at + count; i++) {
      slopes[i] = probabilities[i] * (slopes[i] - mean);
    }
  }

  /** The largest value of a stretch that is not empty. */
  static float max(float[] values, int at, int count) {
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

  static float sum(float[] values, int at, int count) {
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
  static float dot(float[] left, float[] right, int at, int count) {
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
}
