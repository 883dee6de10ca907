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
        Denominator denominator,
    @Option(
            fallback = "1",
            form = Relevance.Text.class,
            meaning = "labels of relevant items: from that one up, or above it, as >0.5")
        Relevance relevant)
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
    Faults.in(MeanAveragePrecisionMetric.class, topn, denominator, relevant).orThrow();
  }

  /** Divided by the number of relevant items. */
  public MeanAveragePrecisionMetric(int topn) {
    this(topn, Denominator.RELEVANT, Relevance.FROM_ONE);
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
      if (ranking.isRelevant(item, relevant)) {
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
      int hits = groups.relevant(relevant);
      if (denominator == Denominator.HITS && groups.counted() < groups.size()) {
        return meanOfHits(ranking, groups, sum, above);
      }
      sum += meanSum(ranking, groups, above, hits, groups.size());
      above += hits;
      // Unless hits are the divisor, it does not depend on the order.
      mean = above == 0 ? 0 : sum / divisor(ranking, above);
    }
    return mean;
  }

  /** Where the cut-off divides a group: the mean over the numbers of hits that it may have. */
  private double meanOfHits(Ranking ranking, TieGroups groups, double sumAbove, int above) {
    double[] likely = groups.chancesOfHits(groups.relevant(relevant));
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
   * @param hits number of relevant items on the group's first positions
   * @param positions number of those
   */
  private double meanSum(Ranking ranking, TieGroups groups, int above, int hits, int positions) {
    if (hits == 0) {
      return 0;
    }
    double weight =
        groups.sum(item -> ranking.isRelevant(item, relevant) ? ranking.weight(item) : 0)
            / groups.relevant(relevant);
    // How many of the positions before it hold a relevant item, where it holds one itself.
    double before = positions == 1 ? 0 : (hits - 1.0) / (positions - 1);
    double sum = 0;
    for (int i = 0; i < groups.counted(); i++) {
      sum += (above + 1 + i * before) / (groups.start() + i + 1);
    }
    return sum * weight * hits / positions;
  }

  private double divisor(Ranking ranking, int hits) {
    double weights = 0;
    int all = 0;
    for (int item = 0; item < ranking.size(); item++) {
      if (ranking.isRelevant(item, relevant)) {
        weights += ranking.weight(item);
        all++;
      }
    }
    return switch (denominator) {
      case RELEVANT -> weights;
      case CUT -> weights * Math.min(topn, all) / all;
      case HITS -> weights * hits / all;
    };
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
