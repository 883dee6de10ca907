package io.rankline.spark.cli.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.Folder;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.spark.terminal.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  private static final TrainingRun RUN = new TwoEpochs();

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void noTerminal() {
    System.clearProperty(Progress.TERMINAL);
  }

  @Test
  void withoutTerminalAnEpochIsOnePlainLine() {
    try (TrainingProgress progress = new TrainingProgress(new PrintStream(written, true, UTF_8))) {
      progress.onTrainBegin(RUN);
      progress.onStepEnd(RUN, step(1, 1, 0.5));
      progress.onEpochEnd(RUN, epoch(1));
    }

    assertThat(written.toString(UTF_8))
        .isEqualTo("epoch 1/2  loss 0.5  40 lists/s  10 % waiting  3.0 s" + System.lineSeparator());
  }

  @Test
  void aTerminalHasABarWithTheLossSoFarAndThenTheLine() {
    System.setProperty(Progress.TERMINAL, "true");
    try (TrainingProgress progress = new TrainingProgress(new PrintStream(written, true, UTF_8))) {
      progress.onTrainBegin(RUN);
      progress.onStepEnd(RUN, step(1, 1, 0.5));
      progress.onStepEnd(RUN, step(1, 2, 0.25));
      progress.onEpochEnd(RUN, epoch(1));
    }

    String screen = written.toString(UTF_8);
    assertThat(screen).contains("epoch 1/2").contains("loss 0.375");
    assertThat(screen.substring(screen.lastIndexOf('\r') + 1))
        .isEqualTo("epoch 1/2  loss 0.5  40 lists/s  10 % waiting  3.0 s" + System.lineSeparator());
  }

  @Test
  void paceIsThatOfTheCurrentEpoch() {
    TrainingPace pace = new TrainingPace();

    pace.add(step(1, 1, 0.5), seconds(100));
    assertThat(pace.listsPerSecond()).isEmpty();
    assertThat(pace.remaining(RUN)).isEmpty();

    pace.add(step(1, 3, 1), seconds(104));
    assertThat(pace.loss()).isEqualTo(0.75);
    assertThat(pace.listsPerSecond()).hasValue(8 / 2.0);
    // One step of this epoch and four of the next one, 2 s each.
    assertThat(pace.remaining(RUN)).contains(Duration.ofSeconds(2 * (1 + 4)));

    pace.add(epoch(1));
    pace.add(step(2, 1, 1), seconds(200));
    pace.add(step(2, 2, 2), seconds(201));
    assertThat(pace.loss()).isEqualTo(1.5);
    assertThat(pace.listsPerSecond()).hasValue(8.0);
    // Two steps of 1 s, and a validation as long as the last one.
    assertThat(pace.remaining(RUN)).contains(Duration.ofSeconds(2 + 1));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static StepResult step(int epoch, long ofEpoch, double loss) {
    return new StepResult(epoch, ofEpoch, 4L * (epoch - 1) + ofEpoch, loss, 8, 80);
  }

  private static EpochResult epoch(int number) {
    return new EpochResult(
        number,
        4L * number,
        Map.of("loss", 0.5),
        80,
        800,
        Duration.ofSeconds(2),
        Duration.ofMillis(200),
        Duration.ofSeconds(1));
  }

  private record TwoEpochs() implements TrainingRun {

    @Override
    public RankingModel model() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Folder modelDir() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int epochs() {
      return 2;
    }

    @Override
    public long stepsPerEpoch() {
      return 4;
    }

    @Override
    public int finishedEpochs() {
      return 0;
    }

    @Override
    public double learningRate() {
      return 0.1;
    }

    @Override
    public void setLearningRate(double rate) {}

    @Override
    public void stop(String reason) {}
  }
}
