package io.rankline.export.onnx.interpreter;

/** An operation of ONNX with one output. */
@FunctionalInterface
interface Operation {

  /**
   * Computes the output.
   *
   * @throws IllegalArgumentException for inputs that do not go together
   */
  Tensor of(Node node);
}
