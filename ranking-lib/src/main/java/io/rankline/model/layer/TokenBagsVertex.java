package io.rankline.model.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link TokenBags}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
final class TokenBagsVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  TokenBagsVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    ListRows rows = ListRows.of(mask());
    int bags = 0;
    int most = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      requireShape(inputs[k], rows, k);
      bags += isContext(k) ? rows.lists() : rows.rows();
      most = Math.max(most, width(k));
    }
    int[] ids = new int[Math.multiplyExact(bags, most)];
    Arrays.fill(ids, -1);
    int bag = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      int[] from = TokenIds.toHeap(inputs[k]);
      int width = width(k);
      int count = isContext(k) ? rows.lists() : rows.rows();
      for (int i = 0; i < count; i++) {
        int slot = isContext(k) ? i : rows.slots()[i];
        System.arraycopy(from, slot * width, ids, bag++ * most, width);
      }
    }
    return workspaces.leverageTo(
        ArrayType.ACTIVATIONS, Nd4j.createFromArray(ids).reshape('c', new long[] {bags, most}));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    return new Pair<>(null, new INDArray[inputs.length]);
  }

  private boolean isContext(int input) {
    return inputs[input].rank() == 2;
  }

  private int width(int input) {
    return Math.toIntExact(inputs[input].size(inputs[input].rank() - 1));
  }

  private void requireShape(INDArray ids, ListRows rows, int input) {
    boolean fits =
        ids.size(0) == rows.lists()
            && (ids.rank() == 2 || (ids.rank() == 3 && ids.size(1) == rows.listSize()));
    if (!fits) {
      throw new IllegalArgumentException(
          "ids must have shape [%d, tokens] or [%d, %d, tokens] as the mask says, got %s"
              .formatted(
                  rows.lists(), rows.lists(), rows.listSize(), Arrays.toString(ids.shape())));
    }
    if (input > 0 && isContext(input) && !isContext(input - 1)) {
      throw new IllegalArgumentException(
          "ids of context features must come before those of example features");
    }
  }
}
