package io.rankline.config.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParzenSamplerTest {

  private static final int RUNS = 40;
  private static final int SEEDS = 50;

  @Test
  void findsBetterValuesThanChance() {
    double parzen = IntStream.range(0, SEEDS).mapToDouble(this::parzen).average().orElseThrow();
    double random = IntStream.range(0, SEEDS).mapToDouble(this::random).average().orElseThrow();

    assertThat(parzen).isLessThan(0.6 * random);
  }

  @Test
  void theFirstTrialsAreThoseOfARandomSweep() {
    ParzenSampler sampler = new ParzenSampler(MadeUpSweep.PARAMETERS, 12, 3);

    List<Trial> first = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Trial trial = sampler.next().orElseThrow();
      sampler.add(trial, i);
      first.add(trial);
    }

    assertThat(first).isEqualTo(MadeUpSweep.random(4, 3));
  }

  @Test
  void theSameResultsGiveTheSameTrials() {
    List<Trial> trials = MadeUpSweep.sampled(RUNS, 5);

    assertThat(MadeUpSweep.sampled(RUNS, 5)).isEqualTo(trials);
    assertThat(MadeUpSweep.sampled(RUNS, 5, values -> -MadeUpSweep.loss(values)))
        .isNotEqualTo(trials);
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
        MadeUpSweep.sampled(
            RUNS,
            1,
            values -> {
              boolean fails = MadeUpSweep.number(values, "rate") > 1e-2;
              return fails ? Double.NaN : 0;
            });

    for (Trial trial : trials.subList(10, trials.size())) {
      failing[0] += MadeUpSweep.number(trial.values(), "rate") > 1e-2 ? 1 : 0;
    }

    // Two of five decades fail: chance draws two of five trials there.
    assertThat(failing[0]).isLessThan((RUNS - 10) * 4 / 15);
  }

  @Test
  void parametersAreRequired() {
    assertThatThrownBy(() -> new ParzenSampler(List.of(), 3, 1))
        .hasMessage("a sweep needs a parameter, got none");
    assertThatThrownBy(() -> new ParzenSampler(MadeUpSweep.PARAMETERS, 0, 1))
        .hasMessage("runs must be 1 or more, got 0");
  }

  private double parzen(int seed) {
    return MadeUpSweep.least(MadeUpSweep.sampled(RUNS, seed));
  }

  private double random(int seed) {
    return MadeUpSweep.least(MadeUpSweep.random(RUNS, seed));
  }
}
