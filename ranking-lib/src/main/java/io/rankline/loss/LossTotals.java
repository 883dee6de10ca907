package io.rankline.loss;

/** What a pass over a batch adds up for one loss. */
final class LossTotals {

  /** Sum over elements of loss times weight. */
  double weightedLoss;

  /** Sum over elements of the weight. */
  double weightSum;

  /** Number of elements whose weight is not 0. */
  double nonzeroWeights;

  void clear() {
    weightedLoss = 0;
    weightSum = 0;
    nonzeroWeights = 0;
  }

  void add(double loss, double weight) {
    weightedLoss += loss * weight;
    weightSum += weight;
    if (weight != 0) {
      nonzeroWeights++;
    }
  }

  void add(LossTotals other) {
    weightedLoss += other.weightedLoss;
    weightSum += other.weightSum;
    nonzeroWeights += other.nonzeroWeights;
  }
}
