package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Average precision: precision at the rank of each relevant item, averaged over those items.
 *
 * <pre>
 *   m = sum_{k &lt;= topn, y_(k) &gt;= 1} w_(k) * P@k / sum_{i: y_i &gt;= 1} w_i
 *   P@k = #{l &lt;= k: y_(l) &gt;= 1} / k
 * </pre>
 *
 * <p>The denominator runs over the whole list, so with a cut-off below the number of relevant items
 * even a perfect order stays below 1. LightGBM divides by {@code min(topn, #relevant)} instead.
 *
 * @see <a href="https://nlp.stanford.edu/IR-book/">Manning, Raghavan and Sch&uuml;tze, Introduction
 *     to information retrieval, section 8.4, 2008</a>
 */
public record MeanAveragePrecisionMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn)
    implements RankingMetric {

  public MeanAveragePrecisionMetric {
    Faults.in(MeanAveragePrecisionMetric.class, topn).orThrow();
  }

  /** Over the whole list. */
  public MeanAveragePrecisionMetric() {
    this(WHOLE_LIST);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    double all = 0;
    for (int item = 0; item < ranking.size(); item++) {
      all += ranking.isRelevant(item) ? ranking.weight(item) : 0;
    }
    if (all == 0) {
      return 0;
    }
    int end = Math.min(topn, ranking.depth());
    double sum = 0;
    int relevant = 0;
    for (int position = 0; position < end; position++) {
      int item = ranking.itemAt(position);
      if (ranking.isRelevant(item)) {
        relevant++;
        sum += ranking.weight(item) * relevant / (position + 1);
      }
    }
    return sum / all;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
