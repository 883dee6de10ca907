package io.rankline.model.benchmark;

import java.util.Arrays;

/** Smallest, middle and largest of several measurements. */
public record Spread(double least, double median, double most) {

  static Spread of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }
}
