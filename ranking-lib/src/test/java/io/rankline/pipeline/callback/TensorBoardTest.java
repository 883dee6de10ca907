package io.rankline.pipeline.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.proto.Event;
import io.rankline.io.proto.Summary;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {

  @TempDir Path folder;

  @Test
  void epochsBecomePointsByTheNamesOfKeras() throws IOException {
    try (TensorBoard board = new TensorBoard()) {
      FakeRun run = new FakeRun(folder, 0);
      board.onEpochEnd(run, FakeRun.epoch(1, logs(0.5)));
      board.onEpochEnd(run, FakeRun.epoch(2, logs(0.25)));
    }

    assertThat(points("train"))
        .containsExactly(
            "1 epoch_loss 0.5",
            "1 epoch_learning_rate 0.1",
            "1 performance/lists_per_second 50.0",
            "1 performance/input_wait_share 0.25",
            "2 epoch_loss 0.25",
            "2 epoch_learning_rate 0.1",
            "2 performance/lists_per_second 50.0",
            "2 performance/input_wait_share 0.25");
    assertThat(points("validation"))
        .containsExactly(
            "1 epoch_loss 0.75",
            "1 epoch_metric/ndcg_5 0.375",
            "2 epoch_loss 0.75",
            "2 epoch_metric/ndcg_5 0.375");
  }

  @Test
  void aValueOfZeroIsAPointLikeAnyOther() throws IOException {
    try (TensorBoard board = new TensorBoard()) {
      board.onEpochEnd(new FakeRun(folder, 0), FakeRun.epoch(1, logs(0)));
      board.onEpochEnd(new FakeRun(folder, 0), FakeRun.epoch(2, logs(-0.0)));
    }

    List<Summary.Value> losses = new ArrayList<>();
    for (Event event : events(files("train").get(0))) {
      losses.addAll(
          event.getSummary().getValueList().stream()
              .filter(value -> value.getTag().equals("epoch_loss"))
              .toList());
    }
    // A reader that knows no default, as TensorBoard's, tells by the field whether there is a
    // value.
    assertThat(losses).hasSize(2).allMatch(Summary.Value::hasSimpleValue);
    assertThat(losses.get(0).toByteArray()).endsWith(2 << 3 | 5, 0, 0, 0, 0);
  }

  @Test
  void everySoManyStepsThereIsALossOfTheBatch() throws IOException {
    FakeRun run = new FakeRun(folder, 0);
    try (TensorBoard board = new TensorBoard(3)) {
      for (int step = 1; step <= 7; step++) {
        board.onStepEnd(run, new StepResult(1, step, step, 1.0 / 4 * step, 8, 80));
      }
    }

    assertThat(points("train")).containsExactly("3 batch_loss 0.75", "6 batch_loss 1.5");
  }

  @Test
  void stepsThatCallbacksDoNotSeeCostNoPoints() throws IOException {
    FakeRun run = new FakeRun(folder, 0);
    try (TensorBoard board = new TensorBoard(15)) {
      for (int step = 10; step <= 70; step += 10) {
        board.onStepEnd(run, new StepResult(1, step, step, 0.5, 8, 80));
      }
    }

    assertThat(points("train"))
        .containsExactly(
            "20 batch_loss 0.5", "30 batch_loss 0.5", "50 batch_loss 0.5", "60 batch_loss 0.5");
  }

  @Test
  void aFileBeginsWithItsVersionAndIsReadableWhileTrainingGoesOn() throws IOException {
    try (TensorBoard board = new TensorBoard(1)) {
      board.onStepEnd(new FakeRun(folder, 0), new StepResult(1, 1, 1, 0.5, 8, 80));

      Path file = files("train").get(0);
      assertThat(events(file)).hasSize(2);
      assertThat(events(file).get(0).getFileVersion()).isEqualTo("brain.Event:2");
      assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.\\d{10}\\..+");
    }
  }

  @Test
  void aRunThatGoesOnWritesToAFileOfItsOwn() throws IOException {
    for (int e = 1; e <= 3; e++) {
      try (TensorBoard board = new TensorBoard()) {
        board.onEpochEnd(new FakeRun(folder, e - 1), FakeRun.epoch(e, "loss", 1.0 / e));
      }
    }

    assertThat(files("train")).hasSize(3);
    assertThat(points("train")).contains("1 epoch_loss 1.0", "2 epoch_loss 0.5");
  }

  @Test
  void nothingButEventFilesLiesInItsFolders() throws IOException {
    try (TensorBoard board = new TensorBoard()) {
      board.onEpochEnd(new FakeRun(folder, 0), FakeRun.epoch(1, logs(1)));
    }

    try (Stream<Path> all = Files.walk(folder.resolve("logs"))) {
      assertThat(all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.startsWith("events.out.tfevents."));
    }
  }

  @Test
  void refusesANegativeNumberOfSteps() {
    assertThatThrownBy(() -> new TensorBoard(-1))
        .hasMessage(
            "steps between points of TensorBoard's curves must be 0 (none) or more, got -1");
  }

  private static Map<String, Double> logs(double loss) {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", loss);
    logs.put("val_loss", 0.75);
    logs.put("val_metric/ndcg_5", 0.375);
    logs.put("lr", 0.1);
    return logs;
  }

  private List<Path> files(String part) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("logs").resolve(part))) {
      return files.sorted().toList();
    }
  }

  private List<String> points(String part) throws IOException {
    List<String> points = new ArrayList<>();
    for (Path file : files(part)) {
      for (Event event : events(file)) {
        for (Summary.Value value : event.getSummary().getValueList()) {
          points.add("%d %s %s".formatted(event.getStep(), value.getTag(), value.getSimpleValue()));
        }
      }
    }
    return points;
  }

  private static List<Event> events(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (TfRecordReader records =
        new TfRecordReader(Files.newInputStream(file), file.toString(), CorruptRecordPolicy.FAIL)) {
      while (records.advance()) {
        events.add(
            Event.parseFrom(ByteBuffer.wrap(records.buffer(), records.offset(), records.length())));
      }
    }
    return events;
  }
}
