package io.rankline.loss;

import io.rankline.data.RankDiscount;

/** Discounts of ranks 1, 2, …, computed once. */
final class DiscountTable {

  private double[] inverseLn = new double[0];
  private double[] inverseLog2 = new double[0];

  /** {@code 1 / ln(1 + k)} at index k - 1, for k up to n or further. */
  double[] inverseLn(int n) {
    if (inverseLn.length < n) {
      inverseLn = table(RankDiscount.INVERSE_LN, n);
    }
    return inverseLn;
  }

  /** {@code 1 / log2(1 + k)} at index k - 1, for k up to n or further. */
  double[] inverseLog2(int n) {
    if (inverseLog2.length < n) {
      inverseLog2 = table(RankDiscount.INVERSE_LOG2, n);
    }
    return inverseLog2;
  }

  private static double[] table(RankDiscount discount, int n) {
    double[] table = new double[Math.max(n, 256)];
    for (int k = 0; k < table.length; k++) {
      table[k] = discount.of(k + 1);
    }
    return table;
  }
}
