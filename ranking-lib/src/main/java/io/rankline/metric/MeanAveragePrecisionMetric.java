package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Average precision: precision at the rank of each relevant item, averaged over those items.
 *
 * <pre>
 *   m = sum_{k &lt;= topn, y_(k) &gt;= 1} w_(k) * P@k / (D * mean w of the relevant items)
 *   P@k = #{l &lt;= k: y_(l) &gt;= 1} / k
 *   D = R, the number of relevant items of the whole list
 * </pre>
 *
 * <p>With a cut-off below R even a perfect order stays below 1. {@link Denominator} has what other
 * tools divide by; without a cut-off all are the same.
 *
 * @see <a href="https://nlp.stanford.edu/IR-book/">Manning, Raghavan and Sch&uuml;tze, Introduction
 *     to information retrieval, section 8.4, 2008</a>
 */
public record MeanAveragePrecisionMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "relevant",
            meaning = "what the sum over the relevant items among the first is divided by")
        Denominator denominator)
    implements RankingMetric, AveragesTies {

  /** What the sum over the relevant items among the first is divided by. */
  public enum Denominator {
    /** The number of relevant items R, as TF-Ranking and trec_eval do. */
    RELEVANT,
    /** As many as fit, {@code min(topn, R)}, as LightGBM, XGBoost and Spark do. */
    CUT,
    /** The number of relevant items among the first, as torchmetrics does. */
    HITS
  }

  public MeanAveragePrecisionMetric {
    Faults.in(MeanAveragePrecisionMetric.class, topn, denominator).orThrow();
  }

  /** Divided by the number of relevant items. */
  public MeanAveragePrecisionMetric(int topn) {
    this(topn, Denominator.RELEVANT);
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
    int end = Math.min(topn, ranking.depth());
    double sum = 0;
    int hits = 0;
    for (int position = 0; position < end; position++) {
      int item = ranking.itemAt(position);
      if (ranking.isRelevant(item)) {
        hits++;
        sum += ranking.weight(item) * hits / (position + 1);
      }
    }
    return hits == 0 ? 0 : sum / divisor(ranking, hits);
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    TieGroups groups = new TieGroups(ranking, topn);
    double sum = 0;
    double mean = 0;
    int above = 0;
    while (groups.next()) {
      int relevant = groups.relevant();
      if (denominator == Denominator.HITS && groups.counted() < groups.size()) {
        return meanOfHits(ranking, groups, sum, above);
      }
      sum += meanSum(ranking, groups, above, relevant, groups.size());
      above += relevant;
      // Unless hits are the divisor, it does not depend on the order.
      mean = above == 0 ? 0 : sum / divisor(ranking, above);
    }
    return mean;
  }

  /** Where the cut-off divides a group: the mean over the numbers of hits that it may have. */
  private double meanOfHits(Ranking ranking, TieGroups groups, double sumAbove, int above) {
    double[] likely = groups.chancesOfHits(groups.relevant());
    double mean = 0;
    for (int hits = 0; hits < likely.length; hits++) {
      if (likely[hits] > 0 && above + hits > 0) {
        double sum = sumAbove + meanSum(ranking, groups, above, hits, groups.counted());
        mean += likely[hits] * sum / divisor(ranking, above + hits);
      }
    }
    return mean;
  }

  /**
   * The mean of {@code sum w_(k) * P@k} over a group's positions above the cut-off.
   *
   * @param above number of relevant items above the group
   * @param relevant number of relevant items on the group's first positions
   * @param positions number of those
   */
  private static double meanSum(
      Ranking ranking, TieGroups groups, int above, int relevant, int positions) {
    if (relevant == 0) {
      return 0;
    }
    double weight =
        groups.sum(item -> ranking.isRelevant(item) ? ranking.weight(item) : 0) / groups.relevant();
    // How many of the positions before it hold a relevant item, where it holds one itself.
    double before = positions == 1 ? 0 : (relevant - 1.0) / (positions - 1);
    double sum = 0;
    for (int i = 0; i < groups.counted(); i++) {
      sum += (above + 1 + i * before) / (groups.start() + i + 1);
    }
    return sum * weight * relevant / positions;
  }

  private double divisor(Ranking ranking, int hits) {
    double weights = 0;
    int relevant = 0;
    for (int item = 0; item < ranking.size(); item++) {
      if (ranking.isRelevant(item)) {
        weights += ranking.weight(item);
        relevant++;
      }
    }
    return switch (denominator) {
      case RELEVANT -> weights;
      case CUT -> weights * Math.min(topn, relevant) / relevant;
      case HITS -> weights * hits / relevant;
    };
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
