package io.rankline.model.layer.vertex;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a vertex without parameters computes. There is one for each vertex of each graph, so it may
 * keep what a forward pass leaves to its backward pass.
 */
public interface RowsFunction {

  /** The output, made by the pass. */
  INDArray forward(VertexPass pass);

  /**
   * The gradients at the inputs, made by the pass; null where an input has none.
   *
   * @param error gradient at the output
   */
  @Nullable INDArray[] backward(VertexPass pass, INDArray error);
}
