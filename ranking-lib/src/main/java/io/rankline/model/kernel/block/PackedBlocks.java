package io.rankline.model.kernel.block;

import io.rankline.model.kernel.packed.PackedGemm;
import io.rankline.model.kernel.packed.PackedMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The products of a row block by compiled kernels. Weights are packed anew for every pass, since a
 * step changes them and both passes read them in different orders.
 */
final class PackedBlocks {

  /**
   * Blocks that are narrower stay with OpenBLAS, in float32: packed, they would be mostly zeros,
   * and scores, which a layer of one output computes, deserve all their bits.
   */
  private static final int LEAST_WIDTH = 16;

  private final List<PackedMatrix> memory = new ArrayList<>();
  private final PackedPanels scratch = new PackedPanels();

  /** For the forward pass. */
  List<PanelProducts> forward(PackedGemm gemm, List<WeightBlock> blocks) {
    return packed(
        gemm,
        blocks,
        (block, into) ->
            into.rightTransposed(gemm, block.matrix(), block.outputs(), block.inputs()));
  }

  /** For the backward pass. */
  List<PanelProducts> backward(PackedGemm gemm, List<WeightBlock> blocks) {
    return packed(
        gemm,
        blocks,
        (block, into) -> into.right(gemm, block.matrix(), block.outputs(), block.inputs()));
  }

  private List<PanelProducts> packed(
      PackedGemm gemm, List<WeightBlock> blocks, BiConsumer<WeightBlock, PackedMatrix> pack) {
    List<PanelProducts> products = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      WeightBlock block = blocks.get(b);
      if (b == memory.size()) {
        memory.add(new PackedMatrix());
      }
      if (block.inputs() < LEAST_WIDTH || block.outputs() < LEAST_WIDTH) {
        products.add(block);
      } else {
        pack.accept(block, memory.get(b));
        products.add(new PackedBlock(block, gemm, memory.get(b), scratch));
      }
    }
    return products;
  }
}
