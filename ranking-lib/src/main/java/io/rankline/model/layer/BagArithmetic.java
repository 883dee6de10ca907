package io.rankline.model.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** How bags are pooled, and how their gradient comes back. */
interface BagArithmetic {

  /**
   * Pools bags.
   *
   * @param table [rows, columns]
   * @param out receives [bags, columns], in C order
   */
  void pool(INDArray table, TokenIds ids, Pooling pooling, INDArray out);

  /**
   * The gradient of the table.
   *
   * @param epsilon gradient of the output, [bags, columns]
   * @param gradient receives [rows, columns], in C order
   */
  void backward(INDArray table, TokenIds ids, Pooling pooling, INDArray epsilon, INDArray gradient);
}
