package io.rankline.metric;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Position-weighted average of the labels: the mean label that a user sees who looks at rank k with
 * probability proportional to 1 / k.
 *
 * <pre>
 *   m = sum_{k &lt;= topn} y_(k) / k / sum_{k &lt;= min(topn, N)} 1 / k;   W = the list's weight
 * </pre>
 *
 * <p>Takes one weight a list: weights that differ between the items of a list are refused. A list
 * whose labels are all 0, or that is all padding, has value 0 and keeps its weight.
 */
public record PwaMetric(
    @Option(fallback = "5", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn)
    implements RankingMetric, AveragesTies {

  /** Five positions, about what a user looks at. */
  public static final int DEFAULT_TOPN = 5;

  public PwaMetric {
    Faults.in(PwaMetric.class, topn).orThrow();
  }

  /** Over the first five. */
  public PwaMetric() {
    this(DEFAULT_TOPN);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    int end = Math.min(topn, ranking.depth());
    double sum = 0;
    double best = 0;
    for (int position = 0; position < end; position++) {
      sum += ranking.label(ranking.itemAt(position)) / (position + 1);
      best += 1.0 / (position + 1);
    }
    return best == 0 ? 0 : sum / best;
  }

  @Override
  public double weight(Ranking ranking) {
    // TF-Ranking refuses by shape, even if all are the same (docs/parity.md).
    if (!ranking.hasEvenWeights()) {
      throw new IllegalArgumentException(
          "pwa takes one weight a list, got weights that differ between the items of a list");
    }
    return ranking.listWeight();
  }

  @Override
  public boolean lacksRelevantItems(Ranking ranking) {
    return false;
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    double best = 0;
    for (int position = 0; position < Math.min(topn, ranking.depth()); position++) {
      best += 1.0 / (position + 1);
    }
    return best == 0
        ? 0
        : TieGroups.weightedSum(
                ranking, topn, item -> ranking.label(item), position -> 1.0 / (position + 1))
            / best;
  }

  @Override
  public boolean perfectIsOne() {
    return false;
  }
}
