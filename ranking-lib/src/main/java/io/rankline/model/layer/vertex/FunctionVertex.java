package io.rankline.model.layer.vertex;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs the {@link RowsFunction} of a {@link RowsVertex} in DL4J's graphs. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
final class FunctionVertex extends BaseGraphVertex {

  private static final long serialVersionUID = 1;

  private final RowsVertex configuration;
  private final transient RowsFunction function;

  /** Whether the last forward pass was one of training. */
  private boolean training;

  FunctionVertex(
      RowsVertex configuration, ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
    this.configuration = configuration;
    this.function = configuration.function();
  }

  @Override
  public INDArray doForward(boolean isTraining, LayerWorkspaceMgr workspaces) {
    training = isTraining;
    return function.forward(pass(workspaces, ArrayType.ACTIVATIONS));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    VertexPass pass = pass(workspaces, ArrayType.ACTIVATION_GRAD);
    // Nothing above has asked for a gradient.
    INDArray[] none = new INDArray[inputs.length];
    return new Pair<>(null, epsilon == null ? none : function.backward(pass, epsilon));
  }

  private VertexPass pass(LayerWorkspaceMgr workspaces, ArrayType results) {
    if (!canDoForward()) {
      throw new IllegalStateException(
          "vertex '%s' needs %s inputs".formatted(vertexName, inputs.length));
    }
    return new VertexPass(this, inputs, training, workspaces, results);
  }

  /** Whether an input comes straight from the caller, so that its gradient is not needed. */
  boolean isGraphInput(int input) {
    return graph.getVertices()[inputVertices[input].getVertexIndex()].isInputVertex();
  }

  /** Seed of what the vertex draws. */
  long seed() {
    return 31 * graph.getConfiguration().getDefaultConfiguration().getSeed()
        + vertexName.hashCode();
  }

  int iteration() {
    return graph.getIterationCount();
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public void setBackpropGradientsViewArray(@Nullable INDArray gradients) {
    if (gradients != null) {
      throw new IllegalStateException("vertex '%s' has no parameters".formatted(vertexName));
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return new Pair<>(null, state);
  }

  @Override
  public String toString() {
    return "%s(%s)".formatted(configuration, vertexName);
  }
}
