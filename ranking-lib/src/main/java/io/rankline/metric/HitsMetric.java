package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Whether there is a relevant item among the first.
 *
 * <pre>
 *   m = 1 if y_(k) &gt;= 1 for some k up to topn, else 0
 * </pre>
 *
 * <p>Without a cut-off it is 1 for every list that has a relevant item.
 *
 * @see <a href="https://doi.org/10.1145/963770.963776">Deshpande and Karypis, Item-based top-N
 *     recommendation algorithms, TOIS 2004</a>
 */
public record HitsMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "1",
            form = Relevance.Text.class,
            meaning = "labels of relevant items: from that one up, or above it, as >0.5")
        Relevance relevant)
    implements RankingMetric, AveragesTies {

  public HitsMetric {
    Faults.in(HitsMetric.class, topn, relevant).orThrow();
  }

  /** With labels of 1 or more as relevant. */
  public HitsMetric(int topn) {
    this(topn, Relevance.FROM_ONE);
  }

  /** Over the whole list. */
  public HitsMetric() {
    this(WHOLE_LIST);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    int end = Math.min(topn, ranking.depth());
    for (int position = 0; position < end; position++) {
      if (ranking.isRelevant(ranking.itemAt(position), relevant)) {
        return 1;
      }
    }
    return 0;
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    TieGroups groups = new TieGroups(ranking, topn);
    while (groups.next()) {
      int hits = groups.relevant(relevant);
      if (hits > 0) {
        return 1 - groups.noneRelevant(hits, groups.counted());
      }
    }
    return 0;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
