package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Share of relevant items among the first.
 *
 * <pre>
 *   m = #{k &lt;= topn: y_(k) &gt;= 1} / D,  D = min(topn, N),  N the number of valid items;  0 if N is 0
 * </pre>
 *
 * <p>A perfect order scores 1 only if there are enough relevant items to fill the cut-off.
 *
 * @see <a href="https://nlp.stanford.edu/IR-book/">Manning, Raghavan and Sch&uuml;tze, Introduction
 *     to information retrieval, section 8.4, 2008</a>
 */
public record PrecisionMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "items",
            meaning = "what the number of relevant items among the first is divided by")
        Denominator denominator,
    @Option(
            fallback = "1",
            form = Relevance.Text.class,
            meaning = "labels of relevant items: from that one up, or above it, as >0.5")
        Relevance relevant)
    implements RankingMetric, AveragesTies {

  /** What the number of relevant items among the first is divided by. */
  public enum Denominator {
    /** The number of first items, which a short list has fewer of: {@code min(topn, N)}. */
    ITEMS,
    /**
     * The cut-off, as Spark and torchmetrics do: a short list is filled up with irrelevant items.
     */
    CUT
  }

  public PrecisionMetric {
    Faults.in(PrecisionMetric.class, topn, denominator, relevant).orThrow();
  }

  /** Divided by the number of first items. */
  public PrecisionMetric(int topn) {
    this(topn, Denominator.ITEMS, Relevance.FROM_ONE);
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
    int found = 0;
    for (int position = 0; position < end; position++) {
      found += ranking.isRelevant(ranking.itemAt(position), relevant) ? 1 : 0;
    }
    return (double) found / denominator(end);
  }

  private int denominator(int items) {
    return denominator == Denominator.CUT && topn != WHOLE_LIST ? topn : items;
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    int end = Math.min(topn, ranking.depth());
    return end == 0 ? 0 : TieGroups.meanHits(ranking, topn, relevant) / denominator(end);
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
