package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link AdditiveScore}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
final class AdditiveScoreVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  AdditiveScoreVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    INDArray terms = inputs.length == 1 ? inputs[0] : inputs[0].mul(inputs[1]);
    INDArray sum = terms.mmul(Nd4j.ones(terms.dataType(), terms.size(1), 1));
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, sum);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    if (!canDoBackward()) {
      throw new IllegalStateException("vertex '%s' got no gradient".formatted(vertexName));
    }
    INDArray spread = epsilon.mmul(Nd4j.ones(epsilon.dataType(), 1, inputs[0].size(1)));
    if (inputs.length == 1) {
      return new Pair<>(
          null, new INDArray[] {workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, spread)});
    }
    return new Pair<>(
        null,
        new INDArray[] {
          workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, spread.mul(inputs[1])),
          workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, spread.mul(inputs[0]))
        });
  }
}
