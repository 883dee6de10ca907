package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes {@link ConcatFeatures}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
final class ConcatFeaturesVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  ConcatFeaturesVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    ListRows rows = ListRows.of(mask());
    INDArray[] parts = new INDArray[inputs.length - 1];
    long width = 0;
    for (int k = 0; k < parts.length; k++) {
      parts[k] = RowGather.rows(inputs[k], rows, workspaces, ArrayType.FF_WORKING_MEM);
      width += parts[k].size(1);
    }
    long[] shape = {rows.lists(), rows.listSize(), width};
    return RowGather.back(Nd4j.concat(1, parts), shape, rows, workspaces, ArrayType.ACTIVATIONS);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray[] gradients = new INDArray[inputs.length];
    if (epsilon == null) {
      return new Pair<>(null, gradients);
    }
    ListRows rows = ListRows.of(mask());
    INDArray values = RowGather.rows(epsilon, rows, workspaces, ArrayType.BP_WORKING_MEM);
    long column = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      long width = inputs[k].size(inputs[k].rank() - 1);
      if (!isGraphInput(k)) {
        INDArray part =
            values.get(NDArrayIndex.all(), NDArrayIndex.interval(column, column + width));
        gradients[k] =
            RowGather.back(
                part.dup('c'), inputs[k].shape(), rows, workspaces, ArrayType.ACTIVATION_GRAD);
      }
      column += width;
    }
    return new Pair<>(null, gradients);
  }
}
