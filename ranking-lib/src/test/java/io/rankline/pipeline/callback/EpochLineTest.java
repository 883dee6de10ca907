package io.rankline.pipeline.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochLineTest {

  @Test
  void anEpochIsOneLine() {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", 0.53214);
    logs.put("val_loss", 0.55);
    logs.put("lr", 1e-4);
    List<String> lines = new ArrayList<>();

    new LogProgress(lines::add).onEpochEnd(new FakeRun(Path.of("x"), 0), FakeRun.epoch(3, logs));

    assertThat(lines)
        .containsExactly(
            "epoch 3/10  loss 0.5321  val_loss 0.55  lr 1e-4  50 lists/s  25 % waiting  2.3 s");
  }

  @Test
  void aRunThatGoesOnSaysSo() {
    List<String> lines = new ArrayList<>();

    new LogProgress(lines::add).onTrainBegin(new FakeRun(Path.of("x"), 4));

    assertThat(lines).containsExactly("going on after epoch 4/10, from the last checkpoint");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "0.123456, 0.1235",
    "-0.000123456, -1.235e-4",
    "0.0001, 1e-4",
    "0.001, 0.001",
    "1.5, 1.5",
    "12.3456, 12.35",
    "100, 100",
    "123.456, 123.5",
    "1234.56, 1235",
    "1200, 1200",
    "1500000, 1.5e6",
    "1e-10, 1e-10",
    "1e20, 1e20",
    "NaN, NaN",
    "-Infinity, -Infinity",
  })
  void numbersHaveFourDigits(double value, String text) {
    assertThat(EpochLine.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "840, 0.8 s",
    "9940, 9.9 s",
    "9960, 10 s",
    "59400, 59 s",
    "59600, 1 min 0 s",
    "185000, 3 min 5 s",
    "7800000, 2 h 10 min"
  })
  void durationsAreShort(long millis, String text) {
    assertThat(EpochLine.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
