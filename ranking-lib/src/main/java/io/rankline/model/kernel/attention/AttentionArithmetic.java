package io.rankline.model.kernel.attention;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A way to compute {@link Attention}. */
interface AttentionArithmetic {

  void forward(AttentionBatch batch, INDArray output);

  void backward(AttentionBatch batch, INDArray error, INDArray gradient);
}
