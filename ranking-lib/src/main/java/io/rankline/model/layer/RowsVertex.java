package io.rankline.model.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes for a {@link ParameterFreeVertex}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
abstract class RowsVertex extends BaseGraphVertex {

  private static final long serialVersionUID = 1;

  RowsVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
  }

  /** The last input. */
  final INDArray mask() {
    return inputs[inputs.length - 1];
  }

  /** Whether an input comes straight from the caller, so that nobody asks for its gradient. */
  final boolean isGraphInput(int input) {
    return graph.getVertices()[inputVertices[input].getVertexIndex()].isInputVertex();
  }

  /** Draws of this vertex in the iteration that the graph is in. */
  final CountedDraws draws() {
    long seed = graph.getConfiguration().getDefaultConfiguration().getSeed();
    return CountedDraws.of(seed, vertexName, graph.getIterationCount());
  }

  /** Dropout in training, null where nothing is dropped. */
  final @Nullable Dropout dropout(double rate, boolean training) {
    return training && rate > 0 ? new Dropout(rate, draws()) : null;
  }

  /** The items of the mask, which must be as many as the rows of the first input. */
  final ListRows rowsOfInput() {
    ListRows rows = ListRows.of(mask());
    if (rows.rows() != inputs[0].size(0)) {
      throw new IllegalArgumentException(
          "input of vertex '%s' must have a row for each of the %d items of the mask, got %d"
              .formatted(vertexName, rows.rows(), inputs[0].size(0)));
    }
    return rows;
  }

  final void requireWidth(long width) {
    if (inputs[0].rank() != 2 || inputs[0].size(1) != width) {
      throw new IllegalArgumentException(
          "input of vertex '%s' must have shape [rows, %d], got %s"
              .formatted(vertexName, width, Arrays.toString(inputs[0].shape())));
    }
  }

  final void requireInputs() {
    if (!canDoForward()) {
      throw new IllegalStateException(
          "vertex '%s' needs %d inputs".formatted(vertexName, inputs.length));
    }
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
    return "%s(%s)".formatted(getClass().getSimpleName(), vertexName);
  }
}
