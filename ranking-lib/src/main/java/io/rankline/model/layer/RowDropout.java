package io.rankline.model.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Applies dropout to rows. */
final class RowDropout {

  private RowDropout() {}

  /**
   * Drops values; forward and backward are the same.
   *
   * @param dropout null for none
   * @param from shape [N, width]
   * @param to filled, shape [N, width]
   */
  static void apply(@Nullable Dropout dropout, INDArray from, INDArray to) {
    if (dropout == null) {
      to.assign(from);
    } else if (NativeFloats.has(from, to)) {
      int width = Math.toIntExact(from.size(1));
      RowLoop.run(
          new INDArray[] {from},
          new INDArray[] {to},
          chunk -> {
            float[] keep = chunk.out[0];
            keep(dropout, chunk.bits, chunk.firstRow, chunk.rows, width, keep);
            RowArithmetic.multiply(keep, 0, chunk.rows * width, chunk.in[0]);
          });
    } else {
      to.assign(from).muli(factors(dropout, from));
    }
  }

  /** What dropout multiplies an array by, as an array. */
  static INDArray factors(Dropout dropout, INDArray like) {
    int rows = Math.toIntExact(like.size(0));
    int width = Math.toIntExact(like.size(1));
    float[] keep = new float[rows * width];
    keep(dropout, new BitBlock(), 0, rows, width, keep);
    return Nd4j.createFromArray(keep).reshape('c', rows, width).castTo(like.dataType());
  }

  /** Fills what dropout multiplies some rows by. */
  static void keep(
      Dropout dropout, BitBlock bits, int firstRow, int rows, int width, float[] keep) {
    for (int i = 0; i < rows; i++) {
      bits.keep(dropout, dropout.draws().rowKey(firstRow + i), keep, i * width, width);
    }
  }
}
