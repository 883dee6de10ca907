package io.rankline.metric.evaluation;

/** A {@link MetricMean} under construction: the same sums, in place. */
final class Tally {

  private double sum;
  private double sumLow;
  private double weight;
  private double weightLow;
  private double empty;
  private double emptyLow;
  private long lists;
  private long emptyLists;
  private long weightlessLists;

  /**
   * Counts one list.
   *
   * @param listWeight as {@link MetricSample#weights} codes it
   */
  void add(double value, double listWeight) {
    if (Double.isNaN(listWeight)) {
      weightlessLists++;
    } else if (listWeight < 0) {
      double newEmpty = empty + value;
      emptyLow += CompensatedSum.lost(empty, value, newEmpty);
      empty = newEmpty;
      emptyLists++;
    } else {
      double term = value * listWeight;
      double newSum = sum + term;
      sumLow += CompensatedSum.lost(sum, term, newSum);
      sum = newSum;
      double newWeight = weight + listWeight;
      weightLow += CompensatedSum.lost(weight, listWeight, newWeight);
      weight = newWeight;
      lists++;
    }
  }

  MetricMean toMean() {
    return new MetricMean(
        new CompensatedSum(sum, sumLow),
        new CompensatedSum(weight, weightLow),
        lists,
        new CompensatedSum(empty, emptyLow),
        emptyLists,
        weightlessLists);
  }
}
