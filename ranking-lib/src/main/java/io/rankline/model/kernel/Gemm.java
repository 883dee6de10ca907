package io.rankline.model.kernel;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Products of row-major panels with one block of weights, which lies as [outputs, inputs] row by
 * row, that is [inputs, outputs] in 'f' order.
 */
final class Gemm {

  private static final int ROW_MAJOR = openblas_nolapack.CblasRowMajor;
  private static final int AS_IS = openblas_nolapack.CblasNoTrans;
  private static final int TRANSPOSED = openblas_nolapack.CblasTrans;

  private Gemm() {}

  /** z = x w for a panel of rows. */
  static void forward(
      int rows,
      WeightBlock block,
      NativeFloats x,
      long xAt,
      int xWidth,
      NativeFloats z,
      long zAt,
      int zWidth) {
    openblas_nolapack.cblas_sgemm(
        ROW_MAJOR,
        AS_IS,
        TRANSPOSED,
        rows,
        block.outputs(),
        block.inputs(),
        1f,
        x.at(xAt + block.firstInput()),
        xWidth,
        block.weights(),
        block.inputs(),
        0f,
        z.at(zAt + block.firstOutput()),
        zWidth);
  }

  /** Adds x' dz of a panel of rows to the gradient of the weights, or starts it. */
  static void weightGradient(
      int rows,
      WeightBlock block,
      boolean start,
      NativeFloats x,
      long xAt,
      int xWidth,
      NativeFloats dz,
      long dzAt,
      int zWidth,
      NativeFloats gradient,
      long gradientAt) {
    openblas_nolapack.cblas_sgemm(
        ROW_MAJOR,
        TRANSPOSED,
        AS_IS,
        block.outputs(),
        block.inputs(),
        rows,
        1f,
        dz.at(dzAt + block.firstOutput()),
        zWidth,
        x.at(xAt + block.firstInput()),
        xWidth,
        start ? 0f : 1f,
        gradient.at(gradientAt + block.offset()),
        block.inputs());
  }

  /** dx = dz w' for a panel of rows. */
  static void inputGradient(
      int rows,
      WeightBlock block,
      NativeFloats dz,
      long dzAt,
      int zWidth,
      NativeFloats dx,
      long dxAt,
      int xWidth) {
    openblas_nolapack.cblas_sgemm(
        ROW_MAJOR,
        AS_IS,
        AS_IS,
        rows,
        block.inputs(),
        block.outputs(),
        1f,
        dz.at(dzAt + block.firstOutput()),
        zWidth,
        block.weights(),
        block.inputs(),
        0f,
        dx.at(dxAt + block.firstInput()),
        xWidth);
  }
}
