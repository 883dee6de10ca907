package io.rankline.frozen.step;

/** Rows times a matrix, plus a bias. */
interface Product {

  /** Fewer columns than this make vectors that are not worth it. */
  int FEW_COLUMNS = 32;

  /**
   * The product with one matrix, or with one for each group of columns.
   *
   * @param groups widths of the groups of input columns; each has an equal share of the outputs
   * @param outputs number of columns of the result
   * @param weights for each group a matrix [width, share], column by column
   * @param bias [outputs]
   */
  static Product of(int[] groups, int outputs, float[] weights, float[] bias) {
    return groups.length == 1 && outputs >= FEW_COLUMNS
        ? new WideProduct(groups[0], outputs, weights, bias)
        : new NarrowProduct(groups, outputs, weights, bias);
  }

  /**
   * Multiplies.
   *
   * @param x [rows, inputs]
   * @param out filled, [rows, outputs]
   */
  void run(Evaluation evaluation, float[] x, int rows, float[] out);
}
