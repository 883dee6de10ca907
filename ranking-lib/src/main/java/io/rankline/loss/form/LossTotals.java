package io.rankline.loss.form;

/** What a pass over lists adds up for one loss. */
public final class LossTotals {

  private double weightedLoss;
  private double weightSum;
  private double nonzeroWeights;

  /** Nothing yet. */
  public LossTotals() {}

  /** Sum over elements of loss times weight. */
  public double weightedLoss() {
    return weightedLoss;
  }

  /** Sum over elements of the weight. */
  public double weightSum() {
    return weightSum;
  }

  /** Number of elements whose weight is not 0. */
  public double nonzeroWeights() {
    return nonzeroWeights;
  }

  /** Starts over. */
  public void clear() {
    weightedLoss = 0;
    weightSum = 0;
    nonzeroWeights = 0;
  }

  /** Adds one element. */
  public void add(double loss, double weight) {
    weightedLoss += loss * weight;
    weightSum += weight;
    if (weight != 0) {
      nonzeroWeights++;
    }
  }

  /** Adds losses of elements whose weights are not counted, or by {@link #addWeights}. */
  public void addWeighted(double loss) {
    weightedLoss += loss;
  }

  /** Adds the weights of several elements. */
  public void addWeights(double sum, int nonzero) {
    weightSum += sum;
    nonzeroWeights += nonzero;
  }

  /** Adds the totals of another list. */
  public void add(LossTotals other) {
    weightedLoss += other.weightedLoss;
    weightSum += other.weightSum;
    nonzeroWeights += other.nonzeroWeights;
  }
}
