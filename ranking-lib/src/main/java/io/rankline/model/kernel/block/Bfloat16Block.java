package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.bfloat16.Bfloat16Gemm;
import io.rankline.model.kernel.bfloat16.PackedMatrix;

/**
 * Products of panels with a block of weights in bfloat16.
 *
 * @param block the weights in float32
 * @param weights the same, packed for what is computed with them: w' for the forward pass, or w for
 *     the backward pass
 * @param scratch where panels are packed
 */
record Bfloat16Block(
    WeightBlock block, Bfloat16Gemm gemm, PackedMatrix weights, PackedPanels scratch)
    implements PanelProducts {

  @Override
  public void forward(int rows, Matrix x, Matrix z) {
    scratch.with(
        (left, right) -> {
          left.left(x.fromColumn(block.firstInput()), rows, block.inputs());
          gemm.product(left, weights, false, z.fromColumn(block.firstOutput()));
        });
  }

  @Override
  public void weightGradient(
      int rows, Matrix x, Matrix dz, boolean adds, NativeFloats gradients, long at) {
    scratch.with(
        (left, right) -> {
          left.leftTransposed(dz.fromColumn(block.firstOutput()), rows, block.outputs());
          right.right(x.fromColumn(block.firstInput()), rows, block.inputs());
          gemm.product(left, right, adds, gradients.matrix(at + block.offset(), block.inputs()));
        });
  }

  @Override
  public void inputGradient(int rows, Matrix dz, Matrix dx) {
    scratch.with(
        (left, right) -> {
          left.left(dz.fromColumn(block.firstOutput()), rows, block.outputs());
          gemm.product(left, weights, false, dx.fromColumn(block.firstInput()));
        });
  }
}
