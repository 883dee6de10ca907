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
        Version version)
    implements RankingMetric {

  /** What the number of irrelevant items above a relevant one is divided by. */
  public enum Version {
    /** The smaller of the numbers of relevant and irrelevant items, as trec_eval does. */
    TREC,
    /** The number of relevant items, as the paper does. */
    ORIGINAL
  }

  public BprefMetric {
    Faults.in(BprefMetric.class, topn, version).orThrow();
  }

  /** The version of trec_eval. */
  public BprefMetric(int topn) {
    this(topn, Version.TREC);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    int relevant = ranking.relevantItems();
    if (relevant == 0) {
      return 0;
    }
    int irrelevant = ranking.size() - relevant;
    int divisor = version == Version.TREC ? Math.min(relevant, irrelevant) : relevant;
    int end = Math.min(topn, ranking.depth());
    double sum = 0;
    int above = 0;
    for (int position = 0; position < end; position++) {
      if (ranking.isRelevant(ranking.itemAt(position))) {
        sum += divisor == 0 ? 1 : 1 - (double) Math.min(above, relevant) / divisor;
      } else {
        above++;
      }
    }
    return sum / relevant;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }
}
