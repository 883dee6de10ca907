package io.rankline.model.kernel.bag;

import io.rankline.feature.token.Pooling;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How bags are pooled, and how their gradient comes back. */
public interface BagArithmetic {

  /** The fastest way for a table, as its type and place admit. */
  static BagArithmetic of(INDArray table) {
    return HeapBags.canRead(table) ? new HeapBags() : new ArrayBags();
  }

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
