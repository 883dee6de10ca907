package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;
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
  private static double exactBegun;
  private static double exactLearned;
  private static String undisturbed = "";
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    spark = ExecutorSpark.start(2, 1, Map.of());
    files = TrainingFiles.write(folder, 203, 5, 11);
    TrainingResult exact = train(exact());
    exactBegun = loss(exact, 1);
    exactLearned = exactBegun - loss(exact, 3);
    undisturbed = digest(train(threshold()));
  }

  @ParameterizedTest(name = "{0}, seed 11")
  @ValueSource(strings = {"adaptive", "fixed", "target_sparsity"})
  void itLearnsMostOfWhatExactSharingDoes(String algorithm) throws IOException {
    TrainingResult result =
        train(
            threshold()
                .strategyOption("threshold_algorithm", algorithm)
                .strategyOption("threshold", "0.01"));

    assertThat(exactBegun - loss(result, 3)).isGreaterThan(0.8 * exactLearned);
  }

  @Test
  void aSecondTrainingOfTheApplicationEndsLikeTheFirst() throws IOException {
    assertThat(digest(train(threshold()))).isEqualTo(undisturbed);
  }

  @Test
  void aTrainingThatGoesOnEndsAsIfItHadNotStopped() throws IOException {
    String modelDir = folder.resolve("stopped").toString();
    train(threshold().modelDir(modelDir).numEpochs(2));
    String inTwoParts = digest(train(threshold().modelDir(modelDir)));

    assertThat(inTwoParts).isEqualTo(undisturbed);
  }

  @Test
  void afterAnExecutorIsKilledTheTrainingEndsAsIfNothingHadHappened() throws IOException {
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
