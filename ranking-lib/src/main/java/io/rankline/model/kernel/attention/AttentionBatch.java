package io.rankline.model.kernel.attention;

import io.rankline.model.kernel.Dropout;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What attention is computed over.
 *
 * @param projected queries, keys and values of all heads side by side, shape [N, 3 * heads *
 *     keyDim]: first the queries of every head, then the keys, then the values
 * @param starts first row of every list, and N at the end, shape [B + 1]
 * @param heads number of heads
 * @param keyDim width of a query, key or value of one head
 * @param dropout of the attention probabilities, with as many columns as the longest list has
 *     items; null for none
 * @param iteration of which dropout draws
 */
public record AttentionBatch(
    INDArray projected,
    int[] starts,
    int heads,
    int keyDim,
    @Nullable Dropout dropout,
    int iteration) {

  int lists() {
    return starts.length - 1;
  }

  int rows() {
    return starts[starts.length - 1];
  }

  /** Width of the queries, the keys or the values of all heads. */
  int width() {
    return heads * keyDim;
  }

  /** Multiplications of all queries by all keys of their lists. */
  long products() {
    long pairs = 0;
    for (int list = 0; list < lists(); list++) {
      long items = (long) starts[list + 1] - starts[list];
      pairs += items * items;
    }
    return pairs * width();
  }

  /** What products of queries and keys are multiplied by. */
  double scale() {
    return 1 / Math.sqrt(keyDim);
  }

  /** Row of which dropout draws, where a row of the batch attends to its list. */
  long drawnRow(int row, int head) {
    return (long) row * heads + head;
  }
}
