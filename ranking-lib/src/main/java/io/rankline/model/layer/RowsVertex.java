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

/** A vertex without parameters on rows. Knows nothing of DL4J's own masks: rows have no padding. */
@SuppressWarnings(
    "overrides") // DL4J's own class overrides a method of variable arguments by one of an array
abstract class RowsVertex extends BaseGraphVertex {

  private final String description;

  RowsVertex(
      Object configuration, ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
    this.description = "%s(%s)".formatted(configuration, name);
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

  /** The rows of a batch, which must be as many as those of an input. */
  final ListRows rowsOf(INDArray mask, INDArray input) {
    ListRows rows = ListRows.of(mask);
    if (rows.rows() != input.size(0)) {
      throw new IllegalArgumentException(
          "input of vertex '%s' must have a row for each of the %d items of the mask, got %d"
              .formatted(vertexName, rows.rows(), input.size(0)));
    }
    return rows;
  }

  final void requireWidth(INDArray rows, long width) {
    if (rows.rank() != 2 || rows.size(1) != width) {
      throw new IllegalArgumentException(
          "input of vertex '%s' must have shape [rows, %d], got %s"
              .formatted(vertexName, width, Arrays.toString(rows.shape())));
    }
  }

  @Override
  public final boolean hasLayer() {
    return false;
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J says null for a vertex without a layer
  public final Layer getLayer() {
    return null;
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray gradients) {
    throw new IllegalStateException("vertex '%s' has no parameters".formatted(vertexName));
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J says null for no mask
  public final Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return new Pair<>(null, state);
  }

  @Override
  public final String toString() {
    return description;
  }
}
