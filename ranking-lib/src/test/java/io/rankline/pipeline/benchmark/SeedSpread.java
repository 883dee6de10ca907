package io.rankline.pipeline.benchmark;

import java.util.Arrays;

/**
 * One number of several seeds.
 *
 * @param mean of them
 * @param deviation standard deviation, over the number of seeds less one; 0 for a single seed
 */
record SeedSpread(double mean, double deviation) {

  static SeedSpread of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new SeedSpread(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
  }
}
