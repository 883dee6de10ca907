package io.rankline.model.kernel;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Products of matrices by OpenBLAS, on as many threads as it has; see {@link BlasThreads}.
 *
 * <p>Each puts {@code factor * product + kept * c} into c, which is [rows, columns]; {@code inner}
 * is what the product sums over. With {@code kept} 0, c may hold anything before.
 */
public final class Gemm {

  private static final int AS_IS = openblas_nolapack.CblasNoTrans;
  private static final int TRANSPOSED = openblas_nolapack.CblasTrans;

  private Gemm() {}

  /** a b, of a [rows, inner] and b [inner, columns]. */
  public static void product(
      int rows, int columns, int inner, float factor, Matrix a, Matrix b, float kept, Matrix c) {
    multiply(AS_IS, AS_IS, rows, columns, inner, factor, a, b, kept, c);
  }

  /** a b', of a [rows, inner] and b [columns, inner]. */
  public static void timesTransposed(
      int rows, int columns, int inner, float factor, Matrix a, Matrix b, float kept, Matrix c) {
    multiply(AS_IS, TRANSPOSED, rows, columns, inner, factor, a, b, kept, c);
  }

  /** a' b, of a [inner, rows] and b [inner, columns]. */
  public static void transposedTimes(
      int rows, int columns, int inner, float factor, Matrix a, Matrix b, float kept, Matrix c) {
    multiply(TRANSPOSED, AS_IS, rows, columns, inner, factor, a, b, kept, c);
  }

  private static void multiply(
      int formOfA,
      int formOfB,
      int rows,
      int columns,
      int inner,
      float factor,
      Matrix a,
      Matrix b,
      float kept,
      Matrix c) {
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        formOfA,
        formOfB,
        rows,
        columns,
        inner,
        factor,
        a.start(),
        a.stride(),
        b.start(),
        b.stride(),
        kept,
        c.start(),
        c.stride());
  }
}
