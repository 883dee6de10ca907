package io.rankline.metric.evaluation;

import io.rankline.metric.RankingMetric;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The mean of one metric over lists, in a form that merges: any grouping of the same lists gives
 * the same mean. It holds facts only; how lists without relevant items count is decided when the
 * mean is read, so one pass over the data answers all three.
 *
 * @param weightedSum sum of {@code m * W} over lists with relevant items
 * @param weight sum of {@code W} over lists with relevant items
 * @param lists number of lists with relevant items
 * @param emptySum sum of {@code m * W} over lists without relevant items; 0 for nearly every metric
 * @param emptyLists number of lists without relevant items
 * @param weightlessLists number of lists whose weights sum to 0; they never count
 */
public record MetricMean(
    CompensatedSum weightedSum,
    CompensatedSum weight,
    long lists,
    CompensatedSum emptySum,
    long emptyLists,
    long weightlessLists)
    implements Serializable {

  /** No list seen. */
  public static final MetricMean EMPTY =
      new MetricMean(CompensatedSum.ZERO, CompensatedSum.ZERO, 0, CompensatedSum.ZERO, 0, 0);

  /** This mean and one more list with relevant items. */
  public MetricMean plus(double value, double listWeight) {
    return new MetricMean(
        weightedSum.plus(value * listWeight),
        weight.plus(listWeight),
        lists + 1,
        emptySum,
        emptyLists,
        weightlessLists);
  }

  /**
   * This mean and one more list without relevant items.
   *
   * @param weightedValue {@code m * W}, as {@link RankingMetric#value} gives it for such a list
   */
  public MetricMean plusEmpty(double weightedValue) {
    return new MetricMean(
        weightedSum, weight, lists, emptySum.plus(weightedValue), emptyLists + 1, weightlessLists);
  }

  /** This mean and one more list whose weights sum to 0. */
  public MetricMean plusWeightless() {
    return new MetricMean(weightedSum, weight, lists, emptySum, emptyLists, weightlessLists + 1);
  }

  /** The mean over the lists of both. */
  public MetricMean merge(MetricMean other) {
    return new MetricMean(
        weightedSum.plus(other.weightedSum),
        weight.plus(other.weight),
        lists + other.lists,
        emptySum.plus(other.emptySum),
        emptyLists + other.emptyLists,
        weightlessLists + other.weightlessLists);
  }

  /** The mean as TF-Ranking counts, lists without relevant items as 0. */
  public OptionalDouble value() {
    return value(EmptyLists.AS_ZERO);
  }

  /** The mean; empty, never NaN, where nothing had weight. */
  public OptionalDouble value(EmptyLists empties) {
    // TF-Ranking takes the stand-in from the batch; over all lists it merges (docs/parity.md).
    double standIn = standInWeight();
    double numerator = weightedSum.value();
    double denominator = weight.value();
    switch (empties) {
      case AS_ZERO -> {
        numerator += emptySum.value();
        denominator += emptyLists * standIn;
      }
      case AS_ONE -> {
        numerator += emptyLists * standIn;
        denominator += emptyLists * standIn;
      }
      case SKIP -> {}
    }
    return denominator > 0 ? OptionalDouble.of(numerator / denominator) : OptionalDouble.empty();
  }

  /** The weight of a list without relevant items: the mean weight of those with, or 1. */
  public double standInWeight() {
    return lists > 0 ? weight.value() / lists : 1;
  }

  /** Number of lists that count in {@link #value(EmptyLists)}. */
  public long countedLists(EmptyLists empties) {
    return empties == EmptyLists.SKIP ? lists : lists + emptyLists;
  }
}
