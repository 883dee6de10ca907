package io.rankline.config.sweep.benchmark;

import io.rankline.config.sweep.ParzenSampler;
import io.rankline.config.sweep.SweepParameter;
import io.rankline.config.sweep.SweepPlan;
import io.rankline.config.sweep.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How good the best trial of a sweep is, drawn at random and drawn where earlier ones were good, on
 * a function that is least at one place: rate 1e-3, dropout 0.1, width 64, loss b. Prints rows of a
 * table: trials, the least value at random, by {@code --bayes}, and their difference paired by
 * seed, each a mean over seeds with its standard error.
 *
 * <p>Arguments: number of seeds, then numbers of trials.
 */
public final class SamplerTable {

  private static final List<SweepParameter> PARAMETERS =
      List.of(
          SweepParameter.parse("rate=1e-5..1:log"),
          SweepParameter.parse("dropout=0..0.5"),
          SweepParameter.parse("width=16..512:log"),
          SweepParameter.parse("loss=a,b,c,d"));

  private SamplerTable() {}

  public static void main(String[] arguments) {
    int seeds = Integer.parseInt(arguments[0]);
    for (int a = 1; a < arguments.length; a++) {
      int trials = Integer.parseInt(arguments[a]);
      double[] random = new double[seeds];
      double[] sampled = new double[seeds];
      double[] difference = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        random[seed] = least(SweepPlan.random(PARAMETERS, trials, seed).trials());
        sampled[seed] = least(sampled(trials, seed));
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

  private static List<Trial> sampled(int trials, int seed) {
    ParzenSampler sampler = new ParzenSampler(PARAMETERS, trials, seed);
    List<Trial> drawn = new ArrayList<>();
    for (int k = 0; k < trials; k++) {
      Trial trial = sampler.next().orElseThrow();
      sampler.add(trial, loss(trial.values()));
      drawn.add(trial);
    }
    return drawn;
  }

  private static double least(List<Trial> trials) {
    return trials.stream().mapToDouble(trial -> loss(trial.values())).min().orElseThrow();
  }

  private static double loss(Map<String, String> values) {
    return Math.pow(Math.log10(number(values, "rate")) + 3, 2)
        + Math.pow(10 * (number(values, "dropout") - 0.1), 2)
        + Math.pow(Math.log(number(values, "width") / 64), 2)
        + (Objects.equals(values.get("loss"), "b") ? 0 : 1);
  }

  private static double number(Map<String, String> values, String key) {
    return Double.parseDouble(Objects.requireNonNull(values.get(key)));
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
