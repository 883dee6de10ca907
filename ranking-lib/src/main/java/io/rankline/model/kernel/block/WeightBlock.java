package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Gemm;
import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Weights from a range of input columns to a range of output columns, and products of row-major
 * panels with them.
 *
 * @param firstInput first input column
 * @param inputs number of input columns
 * @param firstOutput first output column
 * @param outputs number of output columns
 * @param offset where the block stands among the weights of all blocks
 * @param weights [outputs, inputs], row by row
 */
record WeightBlock(
    int firstInput, int inputs, int firstOutput, int outputs, int offset, FloatPointer weights)
    implements PanelProducts {

  @Override
  public void forward(int rows, Matrix x, Matrix z) {
    Gemm.timesTransposed(
        rows, outputs, inputs, 1, x.fromColumn(firstInput), matrix(), 0, z.fromColumn(firstOutput));
  }

  /** z' = w' x' for a panel of rows: [outputs, rows]. */
  void forwardTransposed(int rows, Matrix x, Matrix z) {
    Gemm.timesTransposed(outputs, rows, inputs, 1, matrix(), x.fromColumn(firstInput), 0, z);
  }

  @Override
  public void weightGradient(
      int rows, Matrix x, Matrix dz, boolean adds, NativeFloats gradients, long at) {
    Gemm.transposedTimes(
        outputs,
        inputs,
        rows,
        1,
        dz.fromColumn(firstOutput),
        x.fromColumn(firstInput),
        adds ? 1 : 0,
        gradients.matrix(at + offset, inputs));
  }

  @Override
  public void inputGradient(int rows, Matrix dz, Matrix dx) {
    Gemm.product(
        rows,
        inputs,
        outputs,
        1,
        dz.fromColumn(firstOutput),
        matrix(),
        0,
        dx.fromColumn(firstInput));
  }

  /** The weights, [outputs, inputs]. */
  Matrix matrix() {
    return new Matrix(weights, inputs);
  }
}
