package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link LatentCross}. */
@SuppressWarnings({"NullAway", "overrides"}) // as in RowsVertex
final class LatentCrossVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  LatentCrossVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    return timesOneMore(inputs[0], inputs[1], workspaces, ArrayType.ACTIVATIONS);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray hidden = timesOneMore(epsilon, inputs[1], workspaces, ArrayType.ACTIVATION_GRAD);
    INDArray context = array(epsilon, workspaces, ArrayType.ACTIVATION_GRAD);
    epsilon.muli(inputs[0], context);
    return new Pair<>(null, new INDArray[] {hidden, context});
  }

  /** left * (right + 1). */
  private static INDArray timesOneMore(
      INDArray left, INDArray right, LayerWorkspaceMgr workspaces, ArrayType type) {
    INDArray result = array(left, workspaces, type);
    right.addi(1, result);
    return result.muli(left);
  }

  private static INDArray array(INDArray like, LayerWorkspaceMgr workspaces, ArrayType type) {
    return workspaces.createUninitialized(type, like.dataType(), like.shape());
  }
}
