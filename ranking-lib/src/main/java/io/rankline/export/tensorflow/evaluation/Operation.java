package io.rankline.export.tensorflow.evaluation;

import java.util.List;

/** What one kind of node computes. */
@FunctionalInterface
interface Operation {

  /**
   * The outputs of a node.
   *
   * @param attributes of the node
   * @throws IllegalArgumentException where TensorFlow would fail
   */
  List<Tensor> run(Attributes attributes, List<Tensor> inputs);
}
