package io.rankline.metric.evaluation;

import io.rankline.metric.ArpMetric;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.TiesAveraged;

/**
 * How a list without relevant items counts in a mean. Published numbers differ by this alone.
 *
 * <p>Where such a list counts, its weight is the mean weight of the lists that do have relevant
 * items (1 if there is none). TF-Ranking takes that mean over the batch that the list happens to be
 * in; here it is over the whole evaluation, so that the result does not depend on how lists are
 * batched or partitioned. Without weights, both are 1. {@link BatchResult} gives the batch's mean.
 *
 * <p>{@code arp}, {@code ordered_pair_accuracy} and {@code pwa} are left alone by this: they weigh
 * each list themselves.
 */
public enum EmptyLists {
  /** The list counts with its value, which is 0: TF-Ranking, scikit-learn. The default. */
  AS_ZERO,
  /** The list does not count: most published numbers. */
  SKIP,
  /** The list counts as ranked perfectly, 1: LightGBM, allRank, and XGBoost's ndcg and map. */
  AS_ONE;

  /**
   * Refuses to count a list as 1 under a metric whose best value is not 1.
   *
   * @throws IllegalArgumentException naming the metric
   */
  public void requireMeaningFor(RankingMetric metric) {
    RankingMetric plain = metric instanceof TiesAveraged averaged ? averaged.metric() : metric;
    if (this == AS_ONE && !plain.perfectIsOne() && !(plain instanceof ArpMetric)) {
      throw new IllegalArgumentException(
          "%s has no best value of 1, so lists without relevant items cannot count as one; count them as zero or skip them"
              .formatted(metric.name()));
    }
  }
}
