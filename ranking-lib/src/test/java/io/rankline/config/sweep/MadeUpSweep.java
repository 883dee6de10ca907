package io.rankline.config.sweep;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Trials on a function that is least, 0, at one place: rate 1e-3, dropout 0.1, width 64, loss b.
 */
public final class MadeUpSweep {

  /** What the function depends on. */
  public static final List<SweepParameter> PARAMETERS =
      List.of(
          SweepParameter.parse("rate=1e-5..1:log"),
          SweepParameter.parse("dropout=0..0.5"),
          SweepParameter.parse("width=16..512:log"),
          SweepParameter.parse("loss=a,b,c,d"));

  private MadeUpSweep() {}

  /** Trials drawn at random. */
  public static List<Trial> random(int trials, int seed) {
    return SweepPlan.random(PARAMETERS, trials, seed).trials();
  }

  /** Trials drawn where earlier ones were good. */
  public static List<Trial> sampled(int trials, int seed) {
    return sampled(trials, seed, MadeUpSweep::loss);
  }

  static List<Trial> sampled(int trials, int seed, ToDoubleFunction<Map<String, String>> loss) {
    ParzenSampler sampler = new ParzenSampler(PARAMETERS, trials, seed);
    for (int k = 0; k < trials; k++) {
      Trial trial = sampler.next().orElseThrow();
      sampler.add(trial, loss.applyAsDouble(trial.values()));
    }
    return sampler.plan().trials();
  }

  /** The function at the best of some trials. */
  public static double least(List<Trial> trials) {
    return trials.stream().mapToDouble(trial -> loss(trial.values())).min().orElseThrow();
  }

  static double loss(Map<String, String> values) {
    return Math.pow(Math.log10(number(values, "rate")) + 3, 2)
        + Math.pow(10 * (number(values, "dropout") - 0.1), 2)
        + Math.pow(Math.log(number(values, "width") / 64), 2)
        + (Objects.equals(values.get("loss"), "b") ? 0 : 1);
  }

  static double number(Map<String, String> values, String key) {
    return Double.parseDouble(Objects.requireNonNull(values.get(key)));
  }
}
