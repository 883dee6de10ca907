package io.rankline.model.layer.vertex;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;

/**
 * Immutable configuration of a vertex that has settings but no parameters. Fields of a subclass are
 * its JSON.
 */
public abstract class RowsVertex extends GraphVertex {

  private static final long serialVersionUID = 1;

  @JsonIgnore private final int leastInputs;
  @JsonIgnore private final int mostInputs;

  /** A vertex of that many inputs. */
  protected RowsVertex(int leastInputs, int mostInputs) {
    this.leastInputs = leastInputs;
    this.mostInputs = mostInputs;
  }

  /** Everything that two equal configurations share; nothing unless overridden. */
  protected List<?> settings() {
    return List.of();
  }

  /** What the vertex computes, new for each graph. */
  protected abstract RowsFunction function();

  /** Sum of the widths of the inputs, the mask not among them. */
  protected static long widthOf(InputType... inputs) {
    long width = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      width += widthOf(inputs[k]);
    }
    return width;
  }

  /** Columns of an input of items or of lists. */
  protected static long widthOf(InputType input) {
    return input instanceof InputType.InputTypeRecurrent items
        ? items.getSize()
        : input.arrayElementsPerExample();
  }

  /** Rows as wide as those of the first input, unless overridden. */
  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(inputs[0].arrayElementsPerExample());
  }

  @Override
  public final org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new FunctionVertex(this, graph, name, index, dataType);
  }

  @Override
  public final GraphVertex clone() {
    return this;
  }

  @Override
  public final int minVertexInputs() {
    return leastInputs;
  }

  @Override
  public final int maxVertexInputs() {
    return mostInputs;
  }

  @Override
  public final long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public final MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, getClass(), inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof RowsVertex that
        && getClass() == that.getClass()
        && settings().equals(that.settings());
  }

  @Override
  public final int hashCode() {
    return 31 * getClass().hashCode() + settings().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + settings();
  }
}
