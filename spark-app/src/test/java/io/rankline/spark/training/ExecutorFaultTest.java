package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.pipeline.PipelineHparams;
import io.rankline.pipeline.PipelineHparamsBuilder;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Executor processes that die, stop or are slow in the middle of an epoch; one worker in each. */
@Tag("executors")
@Timeout(120)
class ExecutorFaultTest {

  private static final int STEPS = 24;
  private static final long MILLIS_OF_STEP = 40;

  /** How long an executor may be silent before Spark gives it up. */
  private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(12);

  @TempDir static Path folder;
  private static SparkSession spark;
  private static TrainingFiles files;
  private static String undisturbed = "";
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.network.timeout", NETWORK_TIMEOUT.toSeconds() + "s");
    settings.put("spark.network.timeoutInterval", "1s");
    settings.put("spark.executor.heartbeatInterval", "1s");
    settings.put("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    spark = ExecutorSpark.start(2, 1, settings);
    files = TrainingFiles.write(folder, 96, 3, 21);
    undisturbed = digest(train(hparams()));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void afterAnExecutorIsKilledTheTrainingEndsAsIfNothingHadHappened() throws IOException {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    TrainingWatch watch =
        new TrainingWatch(
            2, 2, executor -> ExecutorSpark.signal("KILL", process(processes, executor)));

    String disturbed = digest(train(hparams(), watch));

    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(watch.attempts()).as("times that workers began in 3 epochs").isEqualTo(4);
    System.err.printf("back %s after kill -9%n", watch.recovery());
    assertThat(watch.recovery()).isLessThan(Duration.ofSeconds(45));
  }

  @Test
  @EnabledIfSystemProperty(named = "rankline.soak", matches = "true")
  void anExecutorThatHangsIsReplacedAndTheTrainingEndsAsIfNothingHadHappened() throws IOException {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    TrainingWatch watch =
        new TrainingWatch(
            2, 2, executor -> ExecutorSpark.signal("STOP", process(processes, executor)));

    String disturbed = digest(train(hparams().strategyOption("silence_timeout", "3"), watch));

    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(watch.attempts()).as("times that workers began in 3 epochs").isEqualTo(4);
    System.err.printf("back %s after kill -STOP%n", watch.recovery());
    // Spark's patience, the 10 s it gives a process to end by itself, and the start of another one.
    assertThat(watch.recovery()).isLessThan(NETWORK_TIMEOUT.plusSeconds(45));
  }

  @Test
  @EnabledIfSystemProperty(named = "rankline.soak", matches = "true")
  void aWorkerThatStandsStillForAWhileIsWaitedFor() throws IOException {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    TrainingWatch watch =
        new TrainingWatch(
            2,
            2,
            executor -> {
              ExecutorSpark.signal("STOP", process(processes, executor));
              new ProcessBuilder("sleep", "2").start().waitFor();
              ExecutorSpark.signal("CONT", process(processes, executor));
            });

    String disturbed = digest(train(hparams(), watch));

    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(watch.attempts()).as("times that workers began in 3 epochs").isEqualTo(3);
  }

  @Test
  @EnabledIfSystemProperty(named = "rankline.soak", matches = "true")
  void whereSlotsDoNotComeBackInTimeTheTrainingEndsWithAMessage() {
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    TrainingWatch watch =
        new TrainingWatch(
            2,
            2,
            executor -> processes.values().forEach(each -> ExecutorSpark.signal("KILL", each)));

    // No JVM is up again after a second.
    assertThatThrownBy(() -> train(hparams().strategyOption("slots_timeout", "1"), watch))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2 workers need as many slots, and for 1 s there were 0")
        .hasMessageContaining("training goes on from the last checkpoint when it is started again")
        .hasMessageContaining("lost executor ");
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
    return files.slowPipeline(MILLIS_OF_STEP, hparams.build()).trainAndValidate();
  }

  private static PipelineHparamsBuilder hparams() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run-" + runs++).toString())
        .numEpochs(3)
        .stepsPerEpoch(STEPS)
        .stepsPerExecution(STEPS)
        .loss("softmax_loss")
        .optimizer("adam")
        .learningRate(1e-3)
        .strategy("MultiWorkerMirroredStrategy")
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
