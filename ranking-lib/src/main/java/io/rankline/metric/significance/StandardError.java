package io.rankline.metric.significance;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How far a mean over lists may be from that over all lists there could be. */
public final class StandardError {

  private StandardError() {}

  /** That of the mean of a sample; NaN with fewer than two lists that count. */
  public static double of(MetricSample sample, EmptyLists empties) {
    double[] weights = sample.settledWeights(empties);
    double[] weighted = sample.weightedValues(weights, empties);
    double sum = Arrays.stream(weights).sum();
    double mean = Arrays.stream(weighted).sum() / sum;
    return ofSum(
        IntStream.range(0, weights.length)
            .filter(i -> weights[i] > 0)
            .mapToDouble(i -> (weighted[i] - mean * weights[i]) / sum)
            .toArray());
  }

  /** That of the sum of independent terms. */
  static double ofSum(double[] terms) {
    int n = terms.length;
    if (n < 2) {
      return Double.NaN;
    }
    double mean = Arrays.stream(terms).sum() / n;
    double squares = Arrays.stream(terms).map(term -> (term - mean) * (term - mean)).sum();
    return Math.sqrt(squares * n / (n - 1));
  }
}
