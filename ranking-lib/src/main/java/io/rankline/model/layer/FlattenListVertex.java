package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes {@link FlattenList}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides", "try"})
final class FlattenListVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  FlattenListVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    ListRows rows = ListRows.of(mask());
    int features = inputs.length - 1;
    if (features == 1) {
      return RowGather.rows(inputs[0], rows, workspaces, ArrayType.ACTIVATIONS);
    }
    INDArray[] parts = new INDArray[features];
    for (int k = 0; k < features; k++) {
      parts[k] = RowGather.rows(inputs[k], rows, workspaces, ArrayType.FF_WORKING_MEM);
    }
    try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
      return Nd4j.concat(1, parts);
    }
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray[] gradients = new INDArray[inputs.length];
    ListRows rows = ListRows.of(mask());
    long column = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      long width = inputs[k].size(inputs[k].rank() - 1);
      if (epsilon != null && !isGraphInput(k)) {
        INDArray part =
            epsilon.get(NDArrayIndex.all(), NDArrayIndex.interval(column, column + width));
        gradients[k] =
            RowGather.back(
                part.dup('c'), inputs[k].shape(), rows, workspaces, ArrayType.ACTIVATION_GRAD);
      }
      column += width;
    }
    return new Pair<>(null, gradients);
  }
}
