package io.rankline.export.onnx.interpreter;

import java.util.Map;

/** What runs a graph: the interpreter here, or an engine. */
@FunctionalInterface
public interface Graph {

  /**
   * The outputs for these inputs, both by name.
   *
   * @throws IllegalArgumentException for inputs that the graph does not take, or that do not go
   *     together; names the input or the node
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);
}
