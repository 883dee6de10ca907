package io.rankline.model.layer.vertex;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.ListRows;
import java.util.Arrays;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One pass through a vertex, forward or backward: what comes in, and room for what comes out. */
public final class VertexPass {

  private final FunctionVertex vertex;
  private final INDArray[] inputs;
  private final boolean training;
  private final LayerWorkspaceMgr workspaces;
  private final ArrayType results;

  VertexPass(
      FunctionVertex vertex,
      INDArray[] inputs,
      boolean training,
      LayerWorkspaceMgr workspaces,
      ArrayType results) {
    this.vertex = vertex;
    this.inputs = inputs;
    this.training = training;
    this.workspaces = workspaces;
    this.results = results;
  }

  /** Name of the vertex. */
  public String name() {
    return vertex.getVertexName();
  }

  /** Number of inputs, the mask among them. */
  public int inputs() {
    return inputs.length;
  }

  /** One of the inputs, from 0. */
  public INDArray input(int index) {
    return inputs[index];
  }

  /** Columns of an input: the last of its dimensions. */
  public long width(int input) {
    return inputs[input].size(inputs[input].rank() - 1);
  }

  /** Whether an input comes straight from the caller, so that its gradient is not needed. */
  public boolean isGraphInput(int input) {
    return vertex.isGraphInput(input);
  }

  /**
   * The items of the mask, which is the last input.
   *
   * @throws IllegalArgumentException if there is none, or the mask is no matrix
   */
  public ListRows rows() {
    return ListRows.of(inputs[inputs.length - 1]);
  }

  /**
   * The items of the mask, where the first input is rows.
   *
   * @param width columns that the rows must have
   * @throws IllegalArgumentException if the rows have others, or are not as many as the items
   */
  public ListRows rowsOfInput(long width) {
    if (inputs[0].rank() != 2 || inputs[0].size(1) != width) {
      throw new IllegalArgumentException(
          "input of vertex '%s' must have shape [rows, %s], got %s"
              .formatted(name(), width, Arrays.toString(inputs[0].shape())));
    }
    ListRows rows = rows();
    if (rows.rows() != inputs[0].size(0)) {
      throw new IllegalArgumentException(
          "input of vertex '%s' must have a row for each of the %s items of the mask, got %s"
              .formatted(name(), rows.rows(), inputs[0].size(0)));
    }
    return rows;
  }

  /** Whether this is a pass of training, or the backward pass of one. */
  public boolean training() {
    return training;
  }

  /** Seed of what the vertex draws: made of the graph's seed and the vertex's name. */
  public long seed() {
    return vertex.seed();
  }

  /** Number of the step, the same backward as it was forward. */
  public int iteration() {
    return vertex.iteration();
  }

  /**
   * What training drops, backward as forward; null where nothing is dropped.
   *
   * @param columns most columns of a row
   */
  public @Nullable Dropout dropout(double rate, long columns) {
    return training && rate > 0 ? new Dropout(rate, seed(), Math.toIntExact(columns)) : null;
  }

  /** A result of this type and shape in 'c' order, to be filled: it may hold anything. */
  public INDArray result(DataType type, long... shape) {
    return workspaces.createUninitialized(results, type, shape, 'c');
  }

  /** A result that holds what an array holds. */
  public INDArray copied(INDArray array) {
    return workspaces.dup(results, array, 'c');
  }

  /** An array as a result; copied only if it lives where it would not last. */
  public INDArray kept(INDArray array) {
    return workspaces.leverageTo(results, array);
  }

  /** Arrays [N, any width] side by side as one result. */
  @SuppressWarnings("try") // the scope is what counts
  public INDArray sideBySide(INDArray... parts) {
    try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(results)) {
      return Nd4j.concat(1, parts);
    }
  }

  /** An array as {@link #result} gives it, for this pass only. */
  public INDArray scratch(DataType type, long... shape) {
    return workspaces.createUninitialized(
        results == ArrayType.ACTIVATIONS ? ArrayType.FF_WORKING_MEM : ArrayType.BP_WORKING_MEM,
        type,
        shape,
        'c');
  }
}
