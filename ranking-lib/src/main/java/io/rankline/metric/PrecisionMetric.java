package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Share of relevant items among the first.
 *
 * <pre>
 *   m = #{k &lt;= topn: y_(k) &gt;= 1} / min(topn, N),  N the number of valid items;  0 if N is 0
 * </pre>
 *
 * <p>A perfect order scores 1 only if there are enough relevant items to fill the cut-off.
 *
 * @see <a href="https://nlp.stanford.edu/IR-book/">Manning, Raghavan and Sch&uuml;tze, Introduction
 *     to information retrieval, section 8.4, 2008</a>
 */
public record PrecisionMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn)
    implements RankingMetric {

  public PrecisionMetric {
    Faults.in(PrecisionMetric.class, topn).orThrow();
  }

  /** Over the whole list. */
  public PrecisionMetric() {
    this(WHOLE_LIST);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    int end = Math.min(topn, ranking.depth());
    if (end == 0) {
      return 0;
    }
    int relevant = 0;
    for (int position = 0; position < end; position++) {
      relevant += ranking.isRelevant(ranking.itemAt(position)) ? 1 : 0;
    }
    return (double) relevant / end;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
