package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executor processes that die, stop or are slow in the middle of an epoch; one worker in each. */
@Tag("executors")
@Timeout(120)
class ExecutorFaultTest {

  private static final int STEPS = 24;
  private static final int EPOCHS = 3;
  private static final String MILLIS_OF_STEP = "40";

  @TempDir static Path folder;
  private static SparkSession spark;
  private static TrainingFiles files;
  private static String undisturbed = "";
  private static StepsTaken steps = new StepsTaken(Path.of(""));
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    // Spark's own timeouts: it would give a silent executor up after 120 to 180 s.
    spark = ExecutorSpark.start(2, 1, Map.of());
    files = TrainingFiles.write(folder, 96, 3, 21);
    undisturbed = digest(train(hparams()));
  }

  @Test
  void afterAnExecutorIsKilledNoMoreStepsAreRepeatedThanBetweenTwoCheckpoints() throws IOException {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    TrainingWatch watch =
        watch(STEPS + 13, executor -> ExecutorSpark.signal("KILL", process(processes, executor)));

    String disturbed = digest(train(hparams().checkpointSteps(STEPS / 2), watch));

    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(watch.attempts()).as("times that workers began between checkpoints").isEqualTo(7);
    assertThat(steps.by(0) - EPOCHS * STEPS)
        .as("steps that were taken twice")
        .isBetween(1L, STEPS / 2L);
    System.err.printf("back %s after kill -9%n", watch.recovery());
    assertThat(watch.recovery()).isLessThan(Duration.ofSeconds(45));
  }

  @Test
  void anExecutorThatHangsIsReplacedAndTheTrainingEndsAsIfNothingHadHappened() throws IOException {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    TrainingWatch watch =
        watch(STEPS + 5, executor -> ExecutorSpark.signal("STOP", process(processes, executor)));

    String disturbed = digest(train(hparams().strategyOption("silence_timeout", "3"), watch));

    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(watch.attempts()).as("times that workers began in 3 epochs").isEqualTo(4);
    System.err.printf("back %s after kill -STOP%n", watch.recovery());
    // silence_timeout, 3 s more to end, and the start of a JVM.
    assertThat(watch.recovery()).isLessThan(Duration.ofSeconds(45));
  }

  @Test
  void aWorkerThatStandsStillForAWhileIsWaitedFor() throws IOException {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    TrainingWatch watch =
        watch(
            STEPS + 5,
            executor -> {
              ExecutorSpark.signal("STOP", process(processes, executor));
              new ProcessBuilder("sleep", "2").start().waitFor();
              ExecutorSpark.signal("CONT", process(processes, executor));
            });

    String disturbed = digest(train(hparams(), watch));

    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(watch.attempts()).as("times that workers began in 3 epochs").isEqualTo(3);
    assertThat(steps.by(0)).as("steps").isEqualTo(EPOCHS * STEPS);
  }

  @Test
  void whereSlotsDoNotComeBackInTimeTheTrainingEndsWithAMessage() {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    try (StillbornExecutors stillborn = new StillbornExecutors(processes.values())) {
      TrainingWatch watch = watch(STEPS + 5, executor -> stillborn.begin());

      assertThatThrownBy(() -> train(hparams().strategyOption("slots_timeout", "4"), watch))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("2 workers need as many slots, and for 4 s there were 0")
          .hasMessageContaining(
              "training goes on from the last checkpoint when it is started again")
          // As many as a quick machine starts in these 4 s.
          .message()
          .containsPattern("lost (executor \\d+|\\d+ executors, at last executor \\d+) \\(");
    }
  }

  private static TrainingWatch watch(long step, TrainingWatch.Fault fault) {
    steps = new StepsTaken(folder.resolve("steps-" + runs));
    return new TrainingWatch(steps, step, fault);
  }

  private static TrainingResult train(PipelineHparamsBuilder hparams, TrainingWatch watch)
      throws IOException {
    spark.sparkContext().addSparkListener(watch);
    try {
      return train(hparams);
    } finally {
      spark.sparkContext().removeSparkListener(watch);
    }
  }

  private static TrainingResult train(PipelineHparamsBuilder hparams) throws IOException {
    return files.pipeline(hparams.build()).trainAndValidate();
  }

  private static PipelineHparamsBuilder hparams() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run-" + runs).toString())
        .numEpochs(EPOCHS)
        .stepsPerEpoch(STEPS)
        .stepsPerExecution(STEPS)
        .loss("softmax_loss")
        .optimizer("adam")
        .learningRate(1e-3)
        .strategy(WatchedStrategies.NAME)
        .strategyOption(WatchedStrategies.MILLIS, MILLIS_OF_STEP)
        .strategyOption(WatchedStrategies.STEPS, folder.resolve("steps-" + runs++).toString())
        .strategyOption("num_workers", "2");
  }

  private static ProcessHandle process(Map<String, ProcessHandle> processes, String executor) {
    return Objects.requireNonNull(
        processes.get(executor), () -> "executor %s of %s".formatted(executor, processes));
  }

  private static String digest(TrainingResult result) {
    return ModelState.of(result.model().graph()).digest();
  }
}
