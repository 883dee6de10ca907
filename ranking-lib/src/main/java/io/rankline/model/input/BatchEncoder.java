package io.rankline.model.input;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the inputs of a model's graph from lists, in two steps: transforms, which a pipeline takes
 * once for each list and keeps, and arrays, which it makes for each batch.
 */
public interface BatchEncoder extends Serializable {

  /**
   * A list as the model reads it; labels and weights stay. The list itself where nothing is to be
   * done.
   *
   * @throws IllegalArgumentException for a value that the model cannot take; names the feature
   */
  default RankingList transform(RankingList raw) {
    return raw;
  }

  /** A batch as the model reads it, the same numbers as if its lists had been transformed. */
  default ListBatch transform(ListBatch raw) {
    return raw;
  }

  /**
   * The graph's inputs for a batch of transformed lists, in the order in which the graph names
   * them.
   *
   * @throws IllegalArgumentException for a batch of another layout
   */
  INDArray[] inputs(ListBatch transformed);

  /** The graph's inputs for a batch as it is read. */
  default INDArray[] encode(ListBatch raw) {
    return inputs(transform(raw));
  }
}
