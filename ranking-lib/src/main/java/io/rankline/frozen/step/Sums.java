package io.rankline.frozen.step;

/**
 * Adds scaled arrays to an array: what all matrix products here are made of.
 *
 * <p>Every sum is taken in the order of its terms, each by one fused multiply-add, so a result has
 * the same bits on every machine and however terms are grouped. Java's compiler makes vector code
 * of these loops as long as every array is read at the loop's own index, and of no more than about
 * six arrays.
 */
final class Sums {

  private Sums() {}

  /**
   * {@code sum[j] += factors[at + i] * terms[first + i][j]}, i ascending.
   *
   * @param count number of terms
   * @param length of the arrays
   */
  static void add(
      float[] sum, float[][] terms, int first, float[] factors, int at, int count, int length) {
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      add4(
          sum,
          terms[first + i],
          terms[first + i + 1],
          terms[first + i + 2],
          terms[first + i + 3],
          factors[at + i],
          factors[at + i + 1],
          factors[at + i + 2],
          factors[at + i + 3],
          length);
    }
    for (; i < count; i++) {
      add1(sum, terms[first + i], factors[at + i], length);
    }
  }

  private static void add4(
      float[] sum,
      float[] t0,
      float[] t1,
      float[] t2,
      float[] t3,
      float f0,
      float f1,
      float f2,
      float f3,
      int length) {
    for (int j = 0; j < length; j++) {
      float first = Math.fma(f1, t1[j], Math.fma(f0, t0[j], sum[j]));
      sum[j] = Math.fma(f3, t3[j], Math.fma(f2, t2[j], first));
    }
  }

  private static void add1(float[] sum, float[] term, float factor, int length) {
    for (int j = 0; j < length; j++) {
      sum[j] = Math.fma(factor, term[j], sum[j]);
    }
  }
}
