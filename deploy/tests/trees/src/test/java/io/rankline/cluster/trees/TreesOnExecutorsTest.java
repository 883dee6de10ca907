package io.rankline.cluster.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two executor processes of one slot each. */
@Tag("executors")
@Timeout(600)
class TreesOnExecutorsTest {

  private static final AtomicInteger RUNS = new AtomicInteger();

  @TempDir static Path folder;
  @TempDir static Path oneFile;
  private static SparkSession spark;
  private static TreeData data;

  @BeforeAll
  static void start() throws IOException {
    spark = TwoExecutors.start();
    data = TreeData.write(folder, 5, 150, 160, 240);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void oneWorkerGrowsToTheBitWhatThisProcessDoes() throws IOException {
    TrainingResult here = train(data, drawing(), hparams());

    TrainingResult there = train(data, drawing(), onExecutors(1));

    assertThat(there.model().graph().params()).isEqualTo(here.model().graph().params());
    for (int k = 0; k < here.epochs().size(); k++) {
      assertThat(there.epochs().get(k).logs()).isEqualTo(here.epochs().get(k).logs());
    }
  }

  @Test
  void twoWorkersGrowTheSameTreesOfTheSameListsHoweverFilesLie() throws IOException {
    TrainingResult one = train(data, drawing(), hparams());
    TrainingResult two = train(data, drawing(), onExecutors(2));
    TrainingResult again = train(TreeData.write(oneFile, 5, 240), drawing(), onExecutors(2));

    assertThat(again.model().graph().params()).isEqualTo(two.model().graph().params());
    assertThat(ndcg(two)).isCloseTo(ndcg(one), within(0.03));
    assertThat(loss(two)).isCloseTo(loss(one), within(0.05 * loss(one)));
    assertThat(two.lastEpoch().step()).isEqualTo(12);
  }

  @Test
  void workersReadTheirListsOnceAndKeepTheRows() throws IOException {
    GrowingStages watch = GrowingStages.undisturbed();

    train(watch, onExecutors(2).numEpochs(4));

    assertThat(watch.readers()).containsExactly(Set.of(0, 1), Set.of(), Set.of(), Set.of());
  }

  @Test
  void afterAnExecutorIsKilledTheTreesAreThoseOfATrainingWithoutAccidents() throws IOException {
    GrowingStages undisturbed = GrowingStages.undisturbed();
    TrainingResult whole = train(undisturbed, onExecutors(2).numEpochs(3));
    Map<String, ProcessHandle> processes = TwoExecutors.processes(spark);
    GrowingStages killed =
        new GrowingStages(
            2,
            undisturbed.last().dividedBy(2),
            executor -> Objects.requireNonNull(processes.get(executor)).destroyForcibly());

    TrainingResult disturbed = train(killed, onExecutors(2).numEpochs(3));

    assertThat(undisturbed.count()).as("stages, one an epoch").isEqualTo(3);
    assertThat(killed.count()).as("stages, one of them again").isEqualTo(4);
    assertThat(killed.readers().get(2)).as("who has none any more").contains(1);
    assertThat(killed.readers().get(3)).as("who has none in the next stage").isEmpty();
    assertThat(disturbed.model().graph().params()).isEqualTo(whole.model().graph().params());
  }

  @Test
  void anExecutorThatHangsIsReplacedAndTheTreesAreThoseOfATrainingWithoutAccidents()
      throws IOException {
    LambdaMartScorer many = LambdaMartScorer.builder().numRound(600).eta(0.1).maxDepth(4).build();
    TrainingResult whole = train(GrowingStages.undisturbed(), many, onExecutors(2));
    Map<String, ProcessHandle> processes = TwoExecutors.processes(spark);
    Process stopping = new ProcessBuilder("sh", "-c", "read pid; kill -STOP $pid").start();
    GrowingStages hanging =
        new GrowingStages(
            2,
            Duration.ZERO,
            executor -> {
              TwoExecutors.awaitMeeting(spark, executor);
              tell(stopping, Objects.requireNonNull(processes.get(executor)).pid());
            });

    TrainingResult disturbed =
        train(hanging, many, onExecutors(2).strategyOption("silence_timeout", "3"));

    assertThat(hanging.count()).as("stages, one of them again").isEqualTo(3);
    assertThat(disturbed.model().graph().params()).isEqualTo(whole.model().graph().params());
  }

  @Test
  void faultsOfTheDataAreToldAsByOneProcess() {
    LambdaMartScorer binary =
        LambdaMartScorer.builder().numRound(4).option("objective", "map").build();

    assertThatThrownBy(() -> train(data, binary, onExecutors(2)))
        .hasMessageMatching(
            "executor \\d on (?:127.0.0.1|localhost): list \\d+ has the label [234].0, and"
                + " objective = map takes 0 and 1; set data.convert_labels_to_binary = true, or"
                + " take ndcg");
  }

  @Test
  void whatDoesNotGrowTreesIsRefused() {
    assertThatThrownBy(() -> train(data, drawing(), hparams().strategy("ParameterServerStrategy")))
        .hasMessage(
            "strategy ParameterServerStrategy shares out the steps of a network, and scorer"
                + " lambdamart grows trees; take MultiWorkerMirroredStrategy, which grows them on"
                + " executors, or leave strategy out");
    assertThatThrownBy(
            () ->
                train(
                    data,
                    drawing(),
                    onExecutors(2).strategyOption("gradient_sharing", "threshold")))
        .hasMessage(
            "strategy_options.gradient_sharing is for networks, and scorer lambdamart grows trees;"
                + " leave it out");
  }

  /** To a process that waits for it: starting one takes its time where others compute. */
  private static void tell(Process waiting, long pid) {
    try (Writer in = waiting.outputWriter(StandardCharsets.UTF_8)) {
      in.write(pid + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many trees that there is a middle. */
  private static TrainingResult train(GrowingStages watch, PipelineHparamsBuilder hparams)
      throws IOException {
    return train(
        watch, LambdaMartScorer.builder().numRound(40).eta(0.1).maxDepth(4).build(), hparams);
  }

  private static TrainingResult train(
      GrowingStages watch, LambdaMartScorer scorer, PipelineHparamsBuilder hparams)
      throws IOException {
    spark.sparkContext().addSparkListener(watch);
    try {
      return train(data, scorer, hparams);
    } finally {
      spark.sparkContext().removeSparkListener(watch);
    }
  }

  private static TrainingResult train(
      TreeData data, LambdaMartScorer scorer, PipelineHparamsBuilder hparams) throws IOException {
    return data.pipeline(scorer, hparams.build()).trainAndValidate();
  }

  /** Trees that depend on the seed. */
  private static LambdaMartScorer drawing() {
    return LambdaMartScorer.builder()
        .numRound(12)
        .eta(0.3)
        .maxDepth(4)
        .option("subsample", 0.8)
        .option("colsample_bytree", 0.7)
        .build();
  }

  private static PipelineHparamsBuilder hparams() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run-" + RUNS.incrementAndGet()).toString())
        .loss("softmax_loss")
        .numEpochs(2);
  }

  private static PipelineHparamsBuilder onExecutors(int workers) {
    return hparams()
        .strategy("MultiWorkerMirroredStrategy")
        .strategyOption("num_workers", Integer.toString(workers));
  }

  private static double ndcg(TrainingResult result) {
    return result.lastEpoch().value("val_metric/ndcg_10").orElseThrow();
  }

  private static double loss(TrainingResult result) {
    return result.lastEpoch().value("loss").orElseThrow();
  }
}
