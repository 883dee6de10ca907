package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.packed.PackedGemm;
import io.rankline.model.kernel.packed.PackedMatrix;

/**
 * Products of panels with a block of weights by compiled kernels.
 *
 * @param block the weights
 * @param weights the same, packed for what is computed with them: w' for the forward pass, or w for
 *     the backward pass
 * @param scratch where panels are packed
 */
record PackedBlock(WeightBlock block, PackedGemm gemm, PackedMatrix weights, PackedPanels scratch)
    implements PanelProducts {

  @Override
  public void forward(int rows, Matrix x, Matrix z) {
    scratch.with(
        (left, right) -> {
          left.left(gemm, x.fromColumn(block.firstInput()), rows, block.inputs());
          gemm.product(left, weights, false, z.fromColumn(block.firstOutput()));
        });
  }

  @Override
  public void weightGradient(
      int rows, Matrix x, Matrix dz, boolean adds, NativeFloats gradients, long at) {
    scratch.with(
        (left, right) -> {
          left.leftTransposed(gemm, dz.fromColumn(block.firstOutput()), rows, block.outputs());
          right.right(gemm, x.fromColumn(block.firstInput()), rows, block.inputs());
          gemm.product(left, right, adds, gradients.matrix(at + block.offset(), block.inputs()));
        });
  }

  @Override
  public void inputGradient(int rows, Matrix dz, Matrix dx) {
    scratch.with(
        (left, right) -> {
          left.left(gemm, dz.fromColumn(block.firstOutput()), rows, block.outputs());
          gemm.product(left, weights, false, dx.fromColumn(block.firstInput()));
        });
  }
}
