package io.rankline.pipeline.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyStoppingTest {

  private static final Path NOWHERE = Path.of("nowhere");

  @Test
  void stopsOncePatienceIsOver() {
    EarlyStopping stopping = new EarlyStopping(Monitor.VALIDATION_LOSS, 0, 2);

    assertThat(stoppingEpoch(stopping, List.of(3.0, 2.0, 2.5, 2.0, 1.0))).isEqualTo(4);
  }

  @Test
  void saysWhatDidNotBecomeBetter() {
    EarlyStopping stopping = new EarlyStopping(Monitor.VALIDATION_LOSS, 0, 2);
    FakeRun run = new FakeRun(NOWHERE, 0);
    List<Double> values = List.of(3.0, 2.0, 2.5, 2.0);

    for (int e = 1; e <= values.size(); e++) {
      stopping.onEpochEnd(run, FakeRun.epoch(e, "val_loss", values.get(e - 1)));
    }

    assertThat(run.stopped)
        .isEqualTo("val_loss has not become better than 2.00000, of epoch 2, for 2 epochs");
  }

  @Test
  void aChangeBelowMinDeltaIsNoProgress() {
    EarlyStopping stopping = new EarlyStopping(Monitor.VALIDATION_LOSS, 0.5, 1);

    assertThat(stoppingEpoch(stopping, List.of(3.0, 2.25, 1.8))).isEqualTo(3);
  }

  @Test
  void moreIsBetterForMetrics() {
    Monitor ndcg = Monitor.of("ndcg_5");
    EarlyStopping stopping = new EarlyStopping(ndcg, 0, 1);
    FakeRun run = new FakeRun(NOWHERE, 0);

    stopping.onEpochEnd(run, FakeRun.epoch(1, "val_metric/ndcg_5", 0.3));
    stopping.onEpochEnd(run, FakeRun.epoch(2, "val_metric/ndcg_5", 0.4));
    assertThat(run.stopped).isEmpty();

    stopping.onEpochEnd(run, FakeRun.epoch(3, "val_metric/ndcg_5", 0.4));
    assertThat(run.stopped).isNotEmpty();
  }

  @Test
  void theFirstEpochNeverStops() {
    EarlyStopping stopping = new EarlyStopping(Monitor.VALIDATION_LOSS, 0, 0);

    assertThat(stoppingEpoch(stopping, List.of(Double.NaN))).isZero();
    assertThat(stoppingEpoch(stopping, List.of(Double.NaN, Double.NaN))).isEqualTo(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void stopsWhereKerasDoes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<Double> values = PlateauOracle.values(random);
      boolean higher = random.nextBoolean();
      double minDelta = random.nextInt(3) * 0.25;
      int patience = random.nextInt(6);
      Monitor monitor = new Monitor("val_loss", higher ? Better.HIGHER : Better.LOWER);

      assertThat(stoppingEpoch(new EarlyStopping(monitor, minDelta, patience), values))
          .as("%s, higher is better: %s, %s, %d", values, higher, minDelta, patience)
          .isEqualTo(PlateauOracle.stoppingEpoch(values, higher, minDelta, patience));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRestartAfterAnyEpochChangesNothing(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      List<Double> values = PlateauOracle.values(random);
      int patience = random.nextInt(6);
      int cut = random.nextInt(values.size());
      FakeRun run = new FakeRun(NOWHERE, 0);
      EarlyStopping first = new EarlyStopping(Monitor.VALIDATION_LOSS, 0, patience);
      int expected = PlateauOracle.stoppingEpoch(values, false, 0, patience);
      for (int e = 1; e <= cut; e++) {
        first.onEpochEnd(run, FakeRun.epoch(e, "val_loss", values.get(e - 1)));
        if (!run.stopped.isEmpty()) {
          cut = e;
        }
      }

      FakeRun again = new FakeRun(NOWHERE, cut);
      EarlyStopping second = new EarlyStopping(Monitor.VALIDATION_LOSS, 0, patience);
      second.restore(first.state());
      second.onTrainBegin(again);
      int stopped = again.stopped.isEmpty() ? 0 : cut;
      for (int e = cut + 1; e <= values.size() && stopped == 0; e++) {
        second.onEpochEnd(again, FakeRun.epoch(e, "val_loss", values.get(e - 1)));
        stopped = again.stopped.isEmpty() ? 0 : e;
      }

      assertThat(stopped).as("%s, cut after %d", values, cut).isEqualTo(expected);
    }
  }

  @Test
  void anUnknownMonitorNamesThoseThereAre() {
    EarlyStopping stopping = new EarlyStopping(Monitor.of("ndcg_7"), 0, 1);

    assertThatThrownBy(
            () ->
                stopping.onEpochEnd(
                    new FakeRun(NOWHERE, 0),
                    FakeRun.epoch(1, Map.of("val_loss", 1.0, "val_metric/ndcg_5", 0.3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "monitor 'val_metric/ndcg_7' is not among the values of an epoch; there are"
                + " val_metric/ndcg_5, val_loss");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new EarlyStopping(Monitor.VALIDATION_LOSS, Double.NaN, 1))
        .hasMessage("min delta of early stopping must be 0 or more and finite, got NaN");
    assertThatThrownBy(() -> new EarlyStopping(Monitor.VALIDATION_LOSS, 0, -1))
        .hasMessage("patience of early stopping must be 0 or more, got -1");
    assertThatThrownBy(
            () -> new EarlyStopping(Monitor.VALIDATION_LOSS, 0, 1).restore(Map.of("wait", 1.0)))
        .hasMessage("the state of a callback lacks 'best'; it has [wait]");
  }

  private static int stoppingEpoch(EarlyStopping stopping, List<Double> values) {
    FakeRun run = new FakeRun(NOWHERE, 0);
    for (int e = 1; e <= values.size(); e++) {
      stopping.onEpochEnd(run, FakeRun.epoch(e, "val_loss", values.get(e - 1)));
      if (!run.stopped.isEmpty()) {
        return e;
      }
    }
    return 0;
  }
}
