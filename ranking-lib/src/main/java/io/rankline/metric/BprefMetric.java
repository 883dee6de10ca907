package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Preference between judged items: for each relevant item, how few irrelevant ones stand above it.
 * Made for collections of which only a part is judged.
 *
 * <pre>
 *   m = 1/R * sum_{relevant item in topn} (1 - min(n, R) / D)
 *   n irrelevant items above it,  R relevant items,  N irrelevant items,
 *   D = min(R, N) in the version of trec_eval, R in the original;  the fraction is 0 if D is 0
 * </pre>
 *
 * <p>0 where nothing is relevant. Unjudged items are those with a label below 0: padding.
 *
 * @see <a href="https://doi.org/10.1145/1008992.1009000">Buckley and Voorhees, Retrieval evaluation
 *     with incomplete information, SIGIR 2004</a>
 */
public record BprefMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "trec",
            meaning = "what the number of irrelevant items above a relevant one is divided by")
        Version version,
    @Option(
            fallback = "1",
            form = Relevance.Text.class,
            meaning = "labels of relevant items: from that one up, or above it, as >0.5")
        Relevance relevant)
    implements RankingMetric, AveragesTies {

  /** What the number of irrelevant items above a relevant one is divided by. */
  public enum Version {
    /** The smaller of the numbers of relevant and irrelevant items, as trec_eval does. */
    TREC,
    /** The number of relevant items, as the paper does. */
    ORIGINAL
  }

  public BprefMetric {
    Faults.in(BprefMetric.class, topn, version, relevant).orThrow();
  }

  /** The version of trec_eval, with labels of 1 or more as relevant. */
  public BprefMetric(int topn) {
    this(topn, Version.TREC, Relevance.FROM_ONE);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    int wanted = ranking.relevantItems(relevant);
    int end = Math.min(topn, ranking.depth());
    double sum = 0;
    int above = 0;
    for (int position = 0; position < end; position++) {
      if (ranking.isRelevant(ranking.itemAt(position), relevant)) {
        sum += worth(ranking, wanted, above);
      } else {
        above++;
      }
    }
    return wanted == 0 ? 0 : sum / wanted;
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    int wanted = ranking.relevantItems(relevant);
    TieGroups groups = new TieGroups(ranking, topn);
    double sum = 0;
    int above = 0;
    while (groups.next()) {
      int hits = groups.relevant(relevant);
      int misses = groups.size() - hits;
      if (hits > 0) {
        // Where a relevant item stands at a position of the group, the others stand around it.
        double[] likely = {1};
        double mean = 0;
        for (int before = 0; before < groups.counted(); before++) {
          likely = before == 0 ? likely : TieGroups.oneMoreDrawn(likely, groups.size() - 1, misses);
          for (int missed = 0; missed < likely.length; missed++) {
            mean += likely[missed] * worth(ranking, wanted, above + missed);
          }
        }
        sum += mean * hits / groups.size();
      }
      above += misses;
    }
    return wanted == 0 ? 0 : sum / wanted;
  }

  /** What a relevant item adds that has some irrelevant items above it. */
  private double worth(Ranking ranking, int wanted, int above) {
    int divisor = version == Version.TREC ? Math.min(wanted, ranking.size() - wanted) : wanted;
    return divisor == 0 ? 1 : 1 - (double) Math.min(above, wanted) / divisor;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
