package io.rankline.model.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.jspecify.annotations.Nullable;

/** An immutable configuration of a vertex without parameters on rows. */
abstract class RowsVertexConfiguration extends GraphVertex {

  /** Everything that two equal configurations share. */
  abstract List<?> settings();

  /** Width of the rows that come out, for inputs of these widths. */
  abstract long outputWidth(long... inputWidths);

  @Override
  public final GraphVertex clone() {
    return this;
  }

  @Override
  public final long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public final InputType getOutputType(int layerIndex, InputType... inputs) {
    long[] widths = new long[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      widths[i] = inputs[i].arrayElementsPerExample();
    }
    return InputType.feedForward(outputWidth(widths));
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
    return other instanceof RowsVertexConfiguration that
        && getClass() == that.getClass()
        && settings().equals(that.settings());
  }

  @Override
  public final int hashCode() {
    return settings().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + settings();
  }
}
