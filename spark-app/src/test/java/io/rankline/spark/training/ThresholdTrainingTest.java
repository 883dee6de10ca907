package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.model.DNNScorer;
import io.rankline.pipeline.PipelineHparams;
import io.rankline.pipeline.PipelineHparamsBuilder;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threshold sharing between two executor processes of one host, one worker in each. */
@Tag("executors")
@Timeout(120)
class ThresholdTrainingTest {

  private static final int STEPS = 12;

  @TempDir static Path folder;
  private static SparkSession spark;
  private static TrainingFiles files;
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    spark =
        ExecutorSpark.start(
            2, 1, Map.of("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s"));
    files = TrainingFiles.write(folder, 203, 5, 11);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest(name = "{0}, seed 11")
  @ValueSource(strings = {"adaptive", "fixed", "target_sparsity"})
  void itLearnsMostOfWhatExactSharingDoes(String algorithm) throws IOException {
    TrainingResult exact = train(exact());

    TrainingResult result =
        train(
            threshold()
                .strategyOption("threshold_algorithm", algorithm)
                .strategyOption("threshold", "0.01"));

    double begun = loss(exact, 1);
    double learned = begun - loss(result, 3);
    assertThat(learned).isGreaterThan(0.8 * (begun - loss(exact, 3)));
    assertThat(digest(result)).isNotEqualTo(digest(exact));
  }

  @Test
  void aSecondTrainingOfTheApplicationEndsLikeTheFirst() throws IOException {
    String first = digest(train(threshold()));

    assertThat(digest(train(threshold()))).isEqualTo(first);
  }

  @Test
  void aTrainingThatGoesOnEndsAsIfItHadNotStopped() throws IOException {
    String whole = digest(train(threshold().numEpochs(4)));

    String modelDir = folder.resolve("stopped").toString();
    train(threshold().modelDir(modelDir).numEpochs(2));
    String inTwoParts = digest(train(threshold().modelDir(modelDir).numEpochs(4)));

    assertThat(inTwoParts).isEqualTo(whole);
  }

  @Test
  void afterAnExecutorIsKilledTheTrainingEndsAsIfNothingHadHappened() throws IOException {
    String undisturbed = digest(train(threshold()));
    SortedMap<String, ProcessHandle> processes = ExecutorSpark.processes(spark, 2);
    StepsTaken steps = new StepsTaken(folder.resolve("steps"));
    TrainingWatch watch =
        new TrainingWatch(
            steps,
            STEPS + 5,
            executor ->
                ExecutorSpark.signal("KILL", Objects.requireNonNull(processes.get(executor))));

    spark.sparkContext().addSparkListener(watch);
    String disturbed;
    try {
      disturbed =
          digest(
              train(
                  threshold()
                      .stepsPerExecution(STEPS)
                      .strategy(WatchedStrategies.NAME)
                      .strategyOption(WatchedStrategies.MILLIS, "40")
                      .strategyOption(WatchedStrategies.STEPS, steps.folder().toString())));
    } finally {
      spark.sparkContext().removeSparkListener(watch);
    }

    assertThat(watch.attempts()).as("times that workers began in 3 epochs").isEqualTo(4);
    assertThat(disturbed).isEqualTo(undisturbed);
  }

  private static TrainingResult train(PipelineHparamsBuilder hparams) throws IOException {
    return files
        .pipeline(
            files.dataset().build(),
            DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(true).dropout(0.1).build(),
            hparams.build())
        .trainAndValidate();
  }

  private static PipelineHparamsBuilder threshold() {
    return exact().strategyOption("gradient_sharing", "threshold");
  }

  private static PipelineHparamsBuilder exact() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run-" + runs++).toString())
        .numEpochs(3)
        .stepsPerEpoch(STEPS)
        .loss("softmax_loss")
        .optimizer("adam")
        .learningRate(1e-2)
        .strategy("MultiWorkerMirroredStrategy")
        .strategyOption("num_workers", "2");
  }

  private static double loss(TrainingResult result, int epoch) {
    return result.epochs().get(epoch - 1).value("loss").orElseThrow();
  }

  private static String digest(TrainingResult result) {
    return ModelState.of(result.model().graph()).digest();
  }
}
