package io.rankline.loss;

/** The gains of {@code 2^y - 1} and the DCG of the best order, discount {@code 1 / ln(1 + k)}. */
final class IdealDcg {

  private IdealDcg() {}

  /**
   * Fills the gain of each item, {@code 2^(y - m) - 2^-m} with m the highest label. Leaves the
   * items by label, highest first, in the order array.
   *
   * @return 1 divided by the DCG of the best order, 0 where that is 0
   */
  static double fillScaledGains(LossWorkspace list, double[] gain) {
    int n = list.size;
    int[] order = list.order;
    ItemOrder.descending(list.y, n, order, list.orderScratch, TieOrder.BY_POSITION, 0);
    double highest = n == 0 ? 0 : list.y[order[0]];
    double least = Math.pow(2, -highest);
    double[] discount = list.discounts.inverseLn(n);
    double previousLabel = Double.NaN;
    double itemGain = 0;
    double best = 0;
    for (int k = 0; k < n; k++) {
      double label = list.y[order[k]];
      if (label != previousLabel) {
        previousLabel = label;
        itemGain = Math.pow(2, label - highest) - least;
      }
      gain[order[k]] = itemGain;
      best += itemGain * discount[k];
    }
    return best > 0 ? 1 / best : 0;
  }
}
