package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link ResidualDropout}. */
@SuppressWarnings({"NullAway", "overrides"}) // as in RowsVertex
final class ResidualDropoutVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  private final double rate;

  /** What forward dropped, for backward. */
  private transient @Nullable Dropout dropout;

  ResidualDropoutVertex(
      double rate, ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
    this.rate = rate;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    dropout = dropout(rate, training);
    INDArray branch = inputs[0];
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, branch.dataType(), branch.shape());
    RowDropout.apply(dropout, branch, output);
    return inputs.length == 1 ? output : output.addi(inputs[1]);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray branch =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, epsilon.dataType(), epsilon.shape());
    RowDropout.apply(dropout, epsilon, branch);
    return new Pair<>(
        null,
        inputs.length == 1
            ? new INDArray[] {branch}
            : new INDArray[] {branch, workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c')});
  }
}
