package io.rankline.config.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParzenSamplerTest {

  private static final int RUNS = 40;
  private static final int SEEDS = 50;

  private static final List<SweepParameter> PARAMETERS =
      List.of(
          SweepParameter.parse("rate=1e-5..1:log"),
          SweepParameter.parse("dropout=0..0.5"),
          SweepParameter.parse("width=16..512:log"),
          SweepParameter.parse("loss=a,b,c,d"));

  @Test
  void findsBetterValuesThanChance() {
    double parzen = IntStream.range(0, SEEDS).mapToDouble(this::parzen).average().orElseThrow();
    double random = IntStream.range(0, SEEDS).mapToDouble(this::random).average().orElseThrow();

    assertThat(parzen).isLessThan(0.6 * random);
  }

  @Test
  void theFirstTrialsAreThoseOfARandomSweep() {
    ParzenSampler sampler = new ParzenSampler(PARAMETERS, 12, 3);

    List<Trial> first = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Trial trial = sampler.next().orElseThrow();
      sampler.add(trial, i);
      first.add(trial);
    }

    assertThat(first).isEqualTo(SweepPlan.random(PARAMETERS, 4, 3).trials());
  }

  @Test
  void theSameResultsGiveTheSameTrials() {
    assertThat(trials(5, ParzenSamplerTest::loss)).isEqualTo(trials(5, ParzenSamplerTest::loss));
    assertThat(trials(5, ParzenSamplerTest::loss)).isNotEqualTo(trials(5, values -> -loss(values)));
  }

  @Test
  void noTrialIsDrawnTwiceAndAllAreDrawn() {
    ParzenSampler sampler =
        new ParzenSampler(
            List.of(SweepParameter.parse("a=1,2,3"), SweepParameter.parse("b=1..2")), 50, 1);

    List<Map<String, String>> values = new ArrayList<>();
    for (Optional<Trial> next = sampler.next(); next.isPresent(); next = sampler.next()) {
      sampler.add(next.get(), values.size());
      values.add(next.get().values());
    }

    assertThat(values).hasSize(6);
    assertThat(new HashSet<>(values)).hasSize(6);
    assertThat(sampler.plan().trials()).hasSize(6);
  }

  @Test
  void trialsThatFailAreKeptAwayFrom() {
    long[] failing = new long[1];
    List<Trial> trials =
        trials(
            1,
            values -> {
              boolean fails = number(values, "rate") > 1e-2;
              return fails ? Double.NaN : 0;
            });

    for (Trial trial : trials.subList(10, trials.size())) {
      failing[0] += number(trial.values(), "rate") > 1e-2 ? 1 : 0;
    }

    // Two of five decades fail: chance draws two of five trials there.
    assertThat(failing[0]).isLessThan((RUNS - 10) * 4 / 15);
  }

  @Test
  void parametersAreRequired() {
    assertThatThrownBy(() -> new ParzenSampler(List.of(), 3, 1))
        .hasMessage("a sweep needs a parameter, got none");
    assertThatThrownBy(() -> new ParzenSampler(PARAMETERS, 0, 1))
        .hasMessage("runs must be 1 or more, got 0");
  }

  private double parzen(int seed) {
    return best(trials(seed, ParzenSamplerTest::loss));
  }

  private double random(int seed) {
    return best(SweepPlan.random(PARAMETERS, RUNS, seed).trials());
  }

  private static List<Trial> trials(int seed, ToDoubleFunction<Map<String, String>> loss) {
    ParzenSampler sampler = new ParzenSampler(PARAMETERS, RUNS, seed);
    for (int i = 0; i < RUNS; i++) {
      Trial trial = sampler.next().orElseThrow();
      sampler.add(trial, loss.applyAsDouble(trial.values()));
    }
    return sampler.plan().trials();
  }

  private static double best(List<Trial> trials) {
    return trials.stream().mapToDouble(trial -> loss(trial.values())).min().orElseThrow();
  }

  /** Least, 0, at rate 1e-3, dropout 0.1, width 64, loss b. */
  private static double loss(Map<String, String> values) {
    return Math.pow(Math.log10(number(values, "rate")) + 3, 2)
        + Math.pow(10 * (number(values, "dropout") - 0.1), 2)
        + Math.pow(Math.log(number(values, "width") / 64), 2)
        + (Objects.equals(values.get("loss"), "b") ? 0 : 1);
  }

  private static double number(Map<String, String> values, String key) {
    return Double.parseDouble(Objects.requireNonNull(values.get(key)));
  }
}
