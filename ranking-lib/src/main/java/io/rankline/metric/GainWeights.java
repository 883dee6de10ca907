package io.rankline.metric;

/** Sums over a list that DCG and NDCG share. */
final class GainWeights {

  private GainWeights() {}

  static double discountedSum(Ranking ranking, double[] gains, double[] discounts, int topn) {
    int end = Math.min(topn, ranking.depth());
    double sum = 0;
    for (int position = 0; position < end; position++) {
      int item = ranking.itemAt(position);
      sum += ranking.weight(item) * gains[item] * discounts[position];
    }
    return sum;
  }

  /** The mean of {@link #discountedSum} over all orders of items of equal score. */
  static double meanDiscountedSum(Ranking ranking, double[] gains, double[] discounts, int topn) {
    return TieGroups.weightedSum(
        ranking, topn, item -> ranking.weight(item) * gains[item], position -> discounts[position]);
  }

  static double sum(Ranking ranking, double[] gains) {
    double sum = 0;
    for (int item = 0; item < ranking.size(); item++) {
      sum += gains[item];
    }
    return sum;
  }

  /** Mean weight of the items, each counted by its gain. */
  static double mean(Ranking ranking, double[] gains) {
    double weighted = 0;
    double sum = 0;
    for (int item = 0; item < ranking.size(); item++) {
      weighted += ranking.weight(item) * gains[item];
      sum += gains[item];
    }
    return weighted / sum;
  }
}
