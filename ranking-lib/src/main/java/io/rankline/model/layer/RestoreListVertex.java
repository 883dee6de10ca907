package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link RestoreList}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
final class RestoreListVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  RestoreListVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    ListRows rows = ListRows.of(mask());
    INDArray values = inputs[0];
    if (values.rank() != 2 || values.size(0) != rows.rows()) {
      throw new IllegalStateException(
          "vertex '%s' needs %d rows, one for each item of the mask, got %d"
              .formatted(vertexName, rows.rows(), values.size(0)));
    }
    return RowGather.restore(values, rows, RestoreList.PADDING_SCORE, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    if (!canDoBackward()) {
      throw new IllegalStateException("vertex '%s' got no gradient".formatted(vertexName));
    }
    ListRows rows = ListRows.of(mask());
    INDArray gradient = epsilon.reshape(rows.lists(), rows.listSize(), inputs[0].size(1));
    INDArray result = RowGather.rows(gradient, rows, workspaces, ArrayType.ACTIVATION_GRAD);
    return new Pair<>(null, new INDArray[] {result, null});
  }
}
