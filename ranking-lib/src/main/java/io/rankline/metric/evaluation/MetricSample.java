package io.rankline.metric.evaluation;

import io.rankline.metric.Ranking;
import io.rankline.metric.RankingMetric;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Values of single lists under one metric: what intervals and tests are computed from. Q is the
 * number of lists.
 *
 * @param values {@code m} of each list, shape [Q]; {@code m * W} where it lacks relevant items
 * @param weights {@code W} of each list, shape [Q]; -1 where it lacks relevant items, so that
 *     {@link EmptyLists} decides; NaN where the list's own weights sum to 0, so that it never
 *     counts
 */
public record MetricSample(double[] values, double[] weights) implements Serializable {

  private static final double LACKS_RELEVANT_ITEMS = -1;
  private static final double NO_WEIGHT = Double.NaN;

  public MetricSample {
    if (values.length != weights.length) {
      throw new IllegalArgumentException(
          "weights must have the shape of values, [%s], got [%s]"
              .formatted(values.length, weights.length));
    }
  }

  /** Q. */
  public int size() {
    return values.length;
  }

  /** Whether the list has nothing relevant in it. */
  public boolean lacksRelevantItems(int list) {
    return weights[list] < 0;
  }

  /** The mean over all lists. */
  public MetricMean mean() {
    Tally tally = new Tally();
    for (int i = 0; i < values.length; i++) {
      tally.add(values[i], weights[i]);
    }
    return tally.toMean();
  }

  /** The lists at some positions, in that order. */
  public MetricSample select(int[] lists) {
    return new MetricSample(
        Arrays.stream(lists).mapToDouble(i -> values[i]).toArray(),
        Arrays.stream(lists).mapToDouble(i -> weights[i]).toArray());
  }

  /** These lists and then those. */
  public MetricSample followedBy(MetricSample next) {
    double[] allValues = Arrays.copyOf(values, values.length + next.values.length);
    double[] allWeights = Arrays.copyOf(weights, allValues.length);
    System.arraycopy(next.values, 0, allValues, values.length, next.values.length);
    System.arraycopy(next.weights, 0, allWeights, values.length, next.values.length);
    return new MetricSample(allValues, allWeights);
  }

  /** What a list weighs under a metric, or the code that says why it has no weight. */
  static double codedWeight(RankingMetric metric, Ranking ranking) {
    if (ranking.totalWeight() == 0) {
      return NO_WEIGHT;
    }
    if (metric.lacksRelevantItems(ranking)) {
      return LACKS_RELEVANT_ITEMS;
    }
    double weight = metric.weight(ranking);
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException(
          "%s must weigh a list 0 or more, got %s".formatted(metric.name(), weight));
    }
    return weight;
  }

  /** What each list weighs once it is settled how those without relevant items count. */
  public double[] settledWeights(EmptyLists empties) {
    double standIn = empties == EmptyLists.SKIP ? 0 : mean().standInWeight();
    double[] settled = weights.clone();
    for (int i = 0; i < settled.length; i++) {
      if (!(settled[i] >= 0)) {
        settled[i] = settled[i] < 0 ? standIn : 0;
      }
    }
    return settled;
  }

  /** {@code m * W} of each list, with the weights of {@link #settledWeights}. */
  public double[] weightedValues(double[] settledWeights, EmptyLists empties) {
    double[] weighted = new double[values.length];
    for (int i = 0; i < weighted.length; i++) {
      if (!lacksRelevantItems(i)) {
        weighted[i] = values[i] * settledWeights[i];
      } else if (empties != EmptyLists.SKIP) {
        weighted[i] = empties == EmptyLists.AS_ONE ? settledWeights[i] : values[i];
      }
    }
    return weighted;
  }

  /** Collects values list by list. */
  public static final class Builder {

    private double[] values = new double[64];
    private double[] weights = new double[64];
    private int size;

    /**
     * Adds a list.
     *
     * @param weight as {@link MetricSample#weights} says
     */
    public void add(double value, double weight) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
        weights = Arrays.copyOf(weights, 2 * size);
      }
      values[size] = value;
      weights[size++] = weight;
    }

    /** The lists so far. */
    public MetricSample build() {
      return new MetricSample(Arrays.copyOf(values, size), Arrays.copyOf(weights, size));
    }
  }
}
