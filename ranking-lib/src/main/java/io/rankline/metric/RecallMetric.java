package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Share of the relevant items that are among the first.
 *
 * <pre>
 *   m = #{k &lt;= topn: y_(k) &gt;= 1} / #{i: y_i &gt;= 1};  0 where nothing is relevant
 * </pre>
 *
 * <p>A perfect order scores 1 only if the cut-off has room for all relevant items.
 *
 * @see <a href="https://nlp.stanford.edu/IR-book/">Manning, Raghavan and Sch&uuml;tze, Introduction
 *     to information retrieval, section 8.3, 2008</a>
 */
public record RecallMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "1",
            form = Relevance.Text.class,
            meaning = "labels of relevant items: from that one up, or above it, as >0.5")
        Relevance relevant)
    implements RankingMetric, AveragesTies {

  public RecallMetric {
    Faults.in(RecallMetric.class, topn, relevant).orThrow();
  }

  /** With labels of 1 or more as relevant. */
  public RecallMetric(int topn) {
    this(topn, Relevance.FROM_ONE);
  }

  /** Over the whole list. */
  public RecallMetric() {
    this(WHOLE_LIST);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    int all = ranking.relevantItems(relevant);
    if (all == 0) {
      return 0;
    }
    int end = Math.min(topn, ranking.depth());
    int found = 0;
    for (int position = 0; position < end; position++) {
      found += ranking.isRelevant(ranking.itemAt(position), relevant) ? 1 : 0;
    }
    return (double) found / all;
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    int all = ranking.relevantItems(relevant);
    return all == 0 ? 0 : TieGroups.meanHits(ranking, topn, relevant) / all;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
