package io.rankline.model;

import io.rankline.data.ListBatch;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes the inputs of a model's graph from batches of lists. */
public interface BatchEncoder extends Serializable {

  /**
   * The graph's inputs, in the order in which the graph names them.
   *
   * @throws IllegalArgumentException for a batch of another layout, or values that the model cannot
   *     take; names the feature
   */
  INDArray[] encode(ListBatch batch);
}
