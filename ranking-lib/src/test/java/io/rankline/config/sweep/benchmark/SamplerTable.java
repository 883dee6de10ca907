package io.rankline.config.sweep.benchmark;

import io.rankline.config.sweep.MadeUpSweep;
import java.util.Locale;

/**
 * How good the best trial of a sweep is, drawn at random and drawn where earlier ones were good, on
 * a {@linkplain MadeUpSweep made-up function}. Prints rows of a table: trials, the least value at
 * random, by {@code --bayes}, and their difference paired by seed, each a mean over seeds with its
 * standard error.
 *
 * <p>Arguments: number of seeds, then numbers of trials.
 */
public final class SamplerTable {

  private SamplerTable() {}

  public static void main(String[] arguments) {
    int seeds = Integer.parseInt(arguments[0]);
    for (int a = 1; a < arguments.length; a++) {
      int trials = Integer.parseInt(arguments[a]);
      double[] random = new double[seeds];
      double[] sampled = new double[seeds];
      double[] difference = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        random[seed] = MadeUpSweep.least(MadeUpSweep.random(trials, seed));
        sampled[seed] = MadeUpSweep.least(MadeUpSweep.sampled(trials, seed));
        difference[seed] = sampled[seed] - random[seed];
      }
      System.out.printf(
          Locale.ROOT,
          "| %d | %s | %s | %s |%n",
          trials,
          text(random),
          text(sampled),
          text(difference));
    }
  }

  private static String text(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares / (values.length - 1) / values.length);
    return String.format(Locale.ROOT, "%.3f ± %.3f", mean, error);
  }
}
