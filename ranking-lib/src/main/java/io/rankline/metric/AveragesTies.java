package io.rankline.metric;

/** A metric that knows its mean over the orders of items of equal score. */
public interface AveragesTies {

  /**
   * The mean of {@link RankingMetric#value} over all orders of the items of equal score, each
   * equally likely: exact, and drawn from nothing.
   *
   * @param ranking the list, ranked at least to {@link RankingMetric#depth}; left alone
   */
  double averageOverTies(Ranking ranking);
}
