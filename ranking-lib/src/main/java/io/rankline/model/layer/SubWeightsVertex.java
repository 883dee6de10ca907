package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Computes {@link SubWeights}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
final class SubWeightsVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  private final int towers;

  SubWeightsVertex(ComputationGraph graph, String name, int index, DataType dataType, int towers) {
    super(graph, name, index, dataType);
    this.towers = towers;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, softmax().sum(1));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    long lists = inputs[0].size(0);
    long features = inputs[0].size(1) / towers;
    INDArray softmax = softmax().reshape(lists * towers, features);
    INDArray gradient =
        epsilon
            .reshape(lists, 1, features)
            .broadcast(lists, towers, features)
            .reshape(lists * towers, features);
    INDArray dot = gradient.mul(softmax).sum(true, 1);
    INDArray result = gradient.subColumnVector(dot).muli(softmax).reshape(inputs[0].shape());
    return new Pair<>(
        null, new INDArray[] {workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, result)});
  }

  /** [B, towers, n], each row a softmax. */
  private INDArray softmax() {
    long lists = inputs[0].size(0);
    long features = inputs[0].size(1) / towers;
    return Transforms.softmax(inputs[0].reshape(lists * towers, features))
        .reshape(lists, towers, features);
  }
}
