package io.rankline.model.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention of every list over itself, head by head.
 *
 * <pre>
 *   P = softmax(Q K^T / sqrt(keyDim)),  O = dropout(P) V
 * </pre>
 *
 * <p>Probabilities are never kept for more than a few rows: backward computes them again.
 */
interface AttentionArithmetic {

  /**
   * Computes O.
   *
   * @param output filled with O of all heads side by side, shape [N, heads * keyDim]
   */
  void forward(AttentionBatch batch, INDArray output);

  /**
   * Follows {@link #forward} of the same batch.
   *
   * @param epsilon derivative by O, shape [N, heads * keyDim]
   * @param gradient filled with the derivative by {@link AttentionBatch#projected}
   */
  void backward(AttentionBatch batch, INDArray epsilon, INDArray gradient);
}
