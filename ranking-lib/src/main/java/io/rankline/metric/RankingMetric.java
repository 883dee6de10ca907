package io.rankline.metric;

import java.io.Serializable;
import java.util.List;

/**
 * How good the order of one list is. Each record below is one metric with its parameters; {@link
 * MetricKey} lists them, {@link io.rankline.metric.evaluation.Evaluator} runs them. A metric of
 * your own implements {@link CustomMetric}.
 */
public sealed interface RankingMetric extends Serializable
    permits AlphaDcgMetric,
        ArpMetric,
        BprefMetric,
        CustomMetric,
        DcgMetric,
        HitsMetric,
        MeanAveragePrecisionMetric,
        MrrMetric,
        NdcgMetric,
        OpaMetric,
        PrecisionIaMetric,
        PrecisionMetric,
        PwaMetric,
        RecallMetric,
        TiesAveraged {

  /** The cut-off that cuts nothing off. */
  int WHOLE_LIST = Integer.MAX_VALUE;

  /**
   * What the metric is called in tables and files; {@link #parse} reads it back for every metric of
   * this package whose gain and discount have a name.
   */
  default String name() {
    return MetricText.name(this);
  }

  /** Number of positions whose order matters, from the first; {@link #WHOLE_LIST} for all. */
  int depth();

  /**
   * The value of one list; 0 for a list where the metric has nothing to measure. For a list that
   * {@linkplain #lacksRelevantItems lacks relevant items}, whose weight is not settled yet, this is
   * value times weight: 0 for nearly every metric.
   *
   * @param ranking the list, ranked at least to {@link #depth}; left alone
   */
  double value(Ranking ranking);

  /**
   * What the list weighs in a mean, 0 or more: the mean weight of its relevant items unless a
   * metric says otherwise. Asked only for lists that do not lack relevant items.
   */
  default double weight(Ranking ranking) {
    return ranking.meanRelevantWeight(relevant());
  }

  /**
   * Whether the list has nothing relevant in it, so that {@link #weight} says nothing and {@link
   * io.rankline.metric.evaluation.EmptyLists} decides. Never true for a metric that weighs such
   * lists itself.
   */
  default boolean lacksRelevantItems(Ranking ranking) {
    return ranking.relevantItems(relevant()) == 0;
  }

  /** Which labels are relevant, where the metric knows only relevant items and others. */
  default Relevance relevant() {
    return Relevance.FROM_ONE;
  }

  /** Which end of the scale is good. */
  default Direction direction() {
    return Direction.HIGHER_IS_BETTER;
  }

  /**
   * Whether a perfect order scores 1, so that {@link
   * io.rankline.metric.evaluation.EmptyLists#AS_ONE} means something.
   */
  boolean perfectIsOne();

  /** Whether items of weight 0 are ranked rather than treated as padding. */
  default boolean ranksZeroWeights() {
    return false;
  }

  /** Whether the metric takes several labels an item, one for each topic. */
  default boolean readsTopics() {
    return false;
  }

  /** Which end of a metric's scale is good. */
  enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER
  }

  /**
   * Reads one metric: a key, a cut-off, parameters. All of these are NDCG of the first ten: {@code
   * ndcg@10}, {@code ndcg_10}, {@code ndcg@10(gain=exponential, discount=log2)}.
   *
   * @throws IllegalArgumentException naming all that is wrong and what there is to choose from
   */
  static RankingMetric parse(String text) {
    return MetricText.parse(text, null);
  }

  /**
   * Reads one metric as somebody else computes it: with the parameters that are fixed there.
   *
   * @throws IllegalArgumentException also for a metric that is not there, and for a parameter that
   *     says otherwise
   */
  static RankingMetric parse(String text, MetricConvention convention) {
    return MetricText.parse(text, convention);
  }

  /**
   * Reads several metrics with commas between them, {@code ndcg@5,map,alpha_dcg(alpha=0.3)}; each
   * counts once.
   *
   * @throws IllegalArgumentException with everything that is wrong, one fault a line
   */
  static List<RankingMetric> parseAll(String text) {
    return MetricText.parseAll(text, null);
  }

  /**
   * As {@link #parseAll(String)}, with the parameters that are fixed somewhere else.
   *
   * @throws IllegalArgumentException with everything that is wrong, one fault a line
   */
  static List<RankingMetric> parseAll(String text, MetricConvention convention) {
    return MetricText.parseAll(text, convention);
  }

  /** The eleven metrics of TF-Ranking's {@code default_keras_metrics()}. */
  static List<RankingMetric> defaults() {
    return parseAll(
        "ndcg@1,ndcg@3,ndcg@5,ndcg@10,arp,ordered_pair_accuracy,mrr,precision,map,dcg,ndcg");
  }
}
