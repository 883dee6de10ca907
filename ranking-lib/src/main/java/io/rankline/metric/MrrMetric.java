package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Reciprocal rank of the first relevant item.
 *
 * <pre>
 *   m = 1 / k,  k the first rank up to topn with y_(k) &gt;= 1;  0 where there is none
 * </pre>
 *
 * @see <a href="https://trec.nist.gov/pubs/trec8/papers/qa_report.pdf">Voorhees, The TREC-8
 *     question answering track report, 1999</a>
 */
public record MrrMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "1",
            form = Relevance.Text.class,
            meaning = "labels of relevant items: from that one up, or above it, as >0.5")
        Relevance relevant)
    implements RankingMetric, AveragesTies {

  public MrrMetric {
    Faults.in(MrrMetric.class, topn, relevant).orThrow();
  }

  /** With labels of 1 or more as relevant. */
  public MrrMetric(int topn) {
    this(topn, Relevance.FROM_ONE);
  }

  /** Over the whole list. */
  public MrrMetric() {
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
        return 1.0 / (position + 1);
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
        double mean = 0;
        double noneAbove = 1;
        for (int i = 0; i < groups.counted() && noneAbove > 0; i++) {
          double none = groups.noneRelevant(hits, i + 1);
          mean += (noneAbove - none) / (groups.start() + i + 1);
          noneAbove = none;
        }
        return mean;
      }
    }
    return 0;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
