package io.rankline.model.kernel.attention;

import io.rankline.model.kernel.NativeFloats;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention of every list over itself, head by head, the fastest way for the arrays at hand.
 *
 * <pre>
 *   P = softmax(Q K^T / sqrt(keyDim)),  O = dropout(P) V
 * </pre>
 *
 * <p>Probabilities are never kept for more than a few rows: backward computes them again. An
 * instance keeps a number a row and head from a forward pass to its backward pass, and is not for
 * several threads at once.
 */
public final class Attention {

  private final AttentionArithmetic arrays = new ArrayAttention();
  private final AttentionArithmetic processor = new ProcessorAttention();

  /**
   * Computes O.
   *
   * @param output filled with O of all heads side by side, [N, heads * keyDim], 'c' order
   */
  public void forward(AttentionBatch batch, INDArray output) {
    arithmetic(batch).forward(batch, output);
  }

  /**
   * Follows {@link #forward} of an equal batch.
   *
   * @param error derivative by O, [N, heads * keyDim]
   * @param gradient filled with the derivative by {@link AttentionBatch#projected}, 'c' order
   */
  public void backward(AttentionBatch batch, INDArray error, INDArray gradient) {
    arithmetic(batch).backward(batch, error, gradient);
  }

  private AttentionArithmetic arithmetic(AttentionBatch batch) {
    return NativeFloats.has(batch.projected()) ? processor : arrays;
  }
}
