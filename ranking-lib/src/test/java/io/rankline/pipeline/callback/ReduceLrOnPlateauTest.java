package io.rankline.pipeline.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReduceLrOnPlateauTest {

  @Test
  void lowersTheRateOncePatienceIsOver() {
    ReduceLrOnPlateau reduce = ReduceLrOnPlateau.builder().factor(0.5).patience(2).build();

    assertThat(rates(reduce, List.of(3.0, 3.0, 3.0, 3.0, 3.0)))
        .containsExactly(0.1, 0.1, 0.05, 0.05, 0.025);
  }

  @Test
  void nothingCountsWhileItCoolsDown() {
    ReduceLrOnPlateau reduce =
        ReduceLrOnPlateau.builder().factor(0.5).patience(1).cooldown(3).build();

    assertThat(rates(reduce, List.of(3.0, 3.0, 3.0, 3.0, 3.0, 3.0)))
        .containsExactly(0.1, 0.05, 0.05, 0.05, 0.025, 0.025);
  }

  @Test
  void goesNoLowerThanTheLeastRate() {
    ReduceLrOnPlateau reduce =
        ReduceLrOnPlateau.builder().factor(0.5).patience(1).minRate(0.04).build();

    assertThat(rates(reduce, List.of(3.0, 3.0, 3.0, 3.0))).containsExactly(0.1, 0.05, 0.04, 0.04);
  }

  @Test
  void hasTheDefaultsOfKeras() {
    ReduceLrOnPlateau reduce = ReduceLrOnPlateau.builder().build();
    List<Double> values = new ArrayList<>(List.of(1.0));
    for (int i = 1; i <= 10; i++) {
      // Better, but each time by less than 0.0001.
      values.add(1.0 - 9e-6 * i);
    }

    List<Double> rates = rates(reduce, values);

    assertThat(rates.subList(0, 10)).containsOnly(0.1);
    assertThat(rates.get(10)).isEqualTo(0.1 * 0.1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void setsTheRatesThatKerasSets(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<Double> values = PlateauOracle.values(random);
      boolean higher = random.nextBoolean();
      double factor = (1 + random.nextInt(9)) / 10.0;
      int patience = random.nextInt(5);
      double minDelta = random.nextInt(3) * 0.25;
      double minRate = random.nextInt(3) * 0.01;
      int cooldown = random.nextInt(5);
      ReduceLrOnPlateau reduce =
          builder(higher, factor, patience, minDelta, minRate, cooldown).build();

      assertThat(rates(reduce, values))
          .as(
              "%s, higher is better: %s, factor %s, patience %d, min delta %s, min rate %s, cooldown %d",
              values, higher, factor, patience, minDelta, minRate, cooldown)
          .isEqualTo(
              PlateauOracle.rates(
                  values, 0.1, higher, factor, patience, minDelta, minRate, cooldown));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRestartAfterAnyEpochChangesNothing(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      List<Double> values = PlateauOracle.values(random);
      int cut = random.nextInt(values.size());
      FakeRun run = new FakeRun(Path.of("nowhere"), 0);
      ReduceLrOnPlateau first = builder(false, 0.5, 2, 0, 0, 2).build();
      ReduceLrOnPlateau second = builder(false, 0.5, 2, 0, 0, 2).build();
      for (int e = 1; e <= cut; e++) {
        first.onEpochEnd(run, FakeRun.epoch(e, "val_loss", values.get(e - 1)));
      }
      second.restore(first.state());
      for (int e = cut + 1; e <= values.size(); e++) {
        second.onEpochEnd(run, FakeRun.epoch(e, "val_loss", values.get(e - 1)));
      }

      List<Double> expected = PlateauOracle.rates(values, 0.1, false, 0.5, 2, 0, 0, 2);
      assertThat(run.learningRate()).isEqualTo(expected.get(expected.size() - 1));
    }
  }

  @Test
  void allThatIsWrongWithTheSettingsIsToldAtOnce() {
    assertThatThrownBy(() -> builder(false, 1, -1, -0.5, Double.NaN, -2).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "lower learning rates on plateaus: factor must be between 0 and 1, got 1.0; patience must be 0 or more, got -1; min delta must be 0 or more and finite, got -0.5; min rate must be 0 or more and finite, got NaN; cooldown must be 0 or more, got -2");
  }

  private static ReduceLrOnPlateau.Builder builder(
      boolean higher, double factor, int patience, double minDelta, double minRate, int cooldown) {
    return ReduceLrOnPlateau.builder()
        .monitor(new Monitor("val_loss", higher ? Better.HIGHER : Better.LOWER))
        .factor(factor)
        .patience(patience)
        .minDelta(minDelta)
        .minRate(minRate)
        .cooldown(cooldown);
  }

  private static List<Double> rates(ReduceLrOnPlateau reduce, List<Double> values) {
    FakeRun run = new FakeRun(Path.of("nowhere"), 0);
    List<Double> rates = new ArrayList<>();
    for (int e = 1; e <= values.size(); e++) {
      reduce.onEpochEnd(run, FakeRun.epoch(e, "val_loss", values.get(e - 1)));
      rates.add(run.learningRate());
    }
    return rates;
  }
}
