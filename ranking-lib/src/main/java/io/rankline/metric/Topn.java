package io.rankline.metric;

/** The cut-off that many metrics share: how it is checked and written. */
final class Topn {

  private Topn() {}

  static void check(int topn) {
    if (topn < 1) {
      throw new IllegalArgumentException("topn must be 1 or more, got " + topn);
    }
  }

  /** {@code ndcg} or {@code ndcg@5}. */
  static String name(MetricKey key, int topn) {
    return topn == RankingMetric.WHOLE_LIST ? key.wireName() : key.wireName() + "@" + topn;
  }
}
