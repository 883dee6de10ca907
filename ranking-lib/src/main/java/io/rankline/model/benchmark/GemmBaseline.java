package io.rankline.model.benchmark;

import io.rankline.model.kernel.OpenBlas;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The products of one training step of a tower and nothing else: plain calls of OpenBLAS on all its
 * threads, in the column-major form that suits it best. What a step is measured against.
 */
final class GemmBaseline implements AutoCloseable {

  private static final int COLUMN_MAJOR = openblas_nolapack.CblasColMajor;
  private static final int AS_IS = openblas_nolapack.CblasNoTrans;
  private static final int TRANSPOSED = openblas_nolapack.CblasTrans;

  private final int rows;
  private final int[] widths;
  private final FloatPointer inputs;
  private final FloatPointer weights;
  private final FloatPointer outputs;
  private final FloatPointer weightGradients;
  private final FloatPointer inputGradients;

  /**
   * Makes arrays of random numbers.
   *
   * @param rows N
   * @param widths of features, hidden layers and output
   */
  GemmBaseline(int rows, int... widths) {
    this.rows = rows;
    this.widths = widths.clone();
    int widest = 0;
    int most = 0;
    for (int k = 0; k < widths.length; k++) {
      widest = Math.max(widest, widths[k]);
      most = k == 0 ? most : Math.max(most, widths[k - 1] * widths[k]);
    }
    inputs = random((long) rows * widest);
    outputs = random((long) rows * widest);
    inputGradients = random((long) rows * widest);
    weights = random(most);
    weightGradients = random(most);
  }

  /** Floating point operations of {@link #run}. */
  public double operations() {
    double operations = 0;
    for (int k = 1; k < widths.length; k++) {
      double product = 2.0 * rows * widths[k - 1] * widths[k];
      operations += k == 1 ? 2 * product : 3 * product;
    }
    return operations;
  }

  /**
   * Forward products, products for the gradients of weights, and those for the gradients of inputs
   * of all layers but the first.
   *
   * @param threads OpenBLAS's
   */
  public void run(int threads) {
    int before = OpenBlas.threads();
    OpenBlas.setThreads(threads);
    try {
      for (int k = 1; k < widths.length; k++) {
        int in = widths[k - 1];
        int out = widths[k];
        gemm(AS_IS, AS_IS, rows, out, in, inputs, rows, weights, in, outputs, rows);
        gemm(TRANSPOSED, AS_IS, in, out, rows, inputs, rows, outputs, rows, weightGradients, in);
        if (k > 1) {
          gemm(AS_IS, TRANSPOSED, rows, in, out, outputs, rows, weights, in, inputGradients, rows);
        }
      }
    } finally {
      OpenBlas.setThreads(before);
    }
  }

  private static void gemm(
      int transposeA,
      int transposeB,
      int m,
      int n,
      int k,
      FloatPointer a,
      int strideA,
      FloatPointer b,
      int strideB,
      FloatPointer c,
      int strideC) {
    openblas_nolapack.cblas_sgemm(
        COLUMN_MAJOR, transposeA, transposeB, m, n, k, 1f, a, strideA, b, strideB, 0f, c, strideC);
  }

  private static FloatPointer random(long length) {
    FloatPointer memory = new FloatPointer(length);
    SplittableRandom random = new SplittableRandom(length);
    for (long i = 0; i < length; i++) {
      memory.put(i, (float) random.nextDouble(-1, 1));
    }
    return memory;
  }

  @Override
  public void close() {
    inputs.close();
    outputs.close();
    inputGradients.close();
    weights.close();
    weightGradients.close();
  }
}
