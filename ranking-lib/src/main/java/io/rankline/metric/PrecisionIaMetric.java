package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Intent-aware precision: precision averaged over the topics that have a relevant item at all.
 *
 * <pre>
 *   m = sum_{k &lt;= topn} sum_t 1[y_(k)t &gt;= 1] / (T' * min(topn, N))
 *   T' number of topics t with y_it &gt;= 1 for some item i,  N number of valid items
 *   W = mean w of the items with y_it &gt;= 1 for some topic t
 * </pre>
 *
 * <p>Labels have shape [N, T]; one topic will do. 0 where nothing is relevant.
 *
 * @see <a href="https://doi.org/10.1145/1498759.1498766">Agrawal et al., Diversifying search
 *     results, WSDM 2009</a>
 */
public record PrecisionIaMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "1",
            form = Relevance.Text.class,
            meaning = "labels of relevant items: from that one up, or above it, as >0.5")
        Relevance relevant)
    implements RankingMetric, AveragesTies {

  public PrecisionIaMetric {
    Faults.in(PrecisionIaMetric.class, topn, relevant).orThrow();
  }

  /** With labels of 1 or more as relevant. */
  public PrecisionIaMetric(int topn) {
    this(topn, Relevance.FROM_ONE);
  }

  /** Over the whole list. */
  public PrecisionIaMetric() {
    this(WHOLE_LIST);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    int end = Math.min(topn, ranking.depth());
    double found = 0;
    for (int position = 0; position < end; position++) {
      found += topicsOf(ranking, ranking.itemAt(position));
    }
    return share(ranking, found, end);
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    double found =
        TieGroups.weightedSum(ranking, topn, item -> topicsOf(ranking, item), position -> 1);
    return share(ranking, found, Math.min(topn, ranking.depth()));
  }

  private double share(Ranking ranking, double found, int items) {
    int topicsWithRelevant = 0;
    for (int topic = 0; topic < ranking.topics(); topic++) {
      boolean any = false;
      for (int item = 0; item < ranking.size() && !any; item++) {
        any = relevant.holds(ranking.label(item, topic));
      }
      topicsWithRelevant += any ? 1 : 0;
    }
    return found == 0 ? 0 : found / ((double) topicsWithRelevant * items);
  }

  /** Number of topics that an item is relevant to. */
  private int topicsOf(Ranking ranking, int item) {
    int topics = 0;
    for (int topic = 0; topic < ranking.topics(); topic++) {
      topics += relevant.holds(ranking.label(item, topic)) ? 1 : 0;
    }
    return topics;
  }

  @Override
  public boolean ranksZeroWeights() {
    return true;
  }

  @Override
  public boolean readsTopics() {
    return true;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
