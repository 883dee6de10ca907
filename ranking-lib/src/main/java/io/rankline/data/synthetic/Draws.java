package io.rankline.data.synthetic;

import java.util.SplittableRandom;

/** Random numbers of the distributions that counts and lengths on the web follow. */
final class Draws {

  /** From this mean on a Poisson number is drawn as a rounded normal one. */
  private static final double NORMAL_FROM = 20;

  private Draws() {}

  static double logNormal(SplittableRandom random, double logMedian, double spread) {
    return Math.exp(logMedian + spread * random.nextGaussian());
  }

  static int poisson(SplittableRandom random, double mean) {
    if (mean >= NORMAL_FROM) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** The integer below a lognormal number less one: mostly zero where the median is below 2. */
  static int heavyTailedCount(
      SplittableRandom random, double logMedian, double spread, int largest) {
    return (int) Math.min(largest, Math.max(0, logNormal(random, logMedian, spread) - 1));
  }
}
