package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;

/** Configuration of a vertex that has no parameters; equal to every other of its class. */
abstract class ParameterFreeVertex extends GraphVertex {

  private static final long serialVersionUID = 1;

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterFreeVertex vertex && vertex.getClass() == getClass();
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  /** Sum of the widths of the inputs, the mask not among them. */
  static long widthOf(InputType... inputs) {
    long width = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      width +=
          inputs[k] instanceof InputType.InputTypeRecurrent items
              ? items.getSize()
              : inputs[k].arrayElementsPerExample();
    }
    return width;
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, getClass(), inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
