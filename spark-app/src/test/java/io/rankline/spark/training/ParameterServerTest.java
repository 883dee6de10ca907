package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.model.optimizer.LearningRates;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.pipeline.session.TrainingFailedException;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameter averaging on two executor processes of one slot each. */
@Tag("executors")
class ParameterServerTest {

  /** Lists of a pass: three whole batches, and as many of each of two workers. */
  private static final int LISTS = 96;

  private static final int BATCH = 32;

  /** Float32 sums in another order. */
  private static final double ROUND_OFF = 1e-5;

  /** A step of it moves no parameter by a bit. */
  private static final double NEXT_TO_NOTHING = 1e-20;

  @TempDir static Path folder;
  private static TrainingFiles files;
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    ExecutorSpark.start(2, 1, Map.of());
    files = TrainingFiles.write(folder, LISTS, 1, 11);
    // As soon as a training of two workers begins, both executors are there.
    train(files, BATCH, averaging(hparams(1), 2));
  }

  @ParameterizedTest(name = "{0}, averaged every {1} steps, seed 11")
  @CsvSource({
    "adam, 1",
    "adagrad, 2",
    "'{name = sgd, learning_rate = 0.1, momentum = 0.9, global_clipnorm = 0.05}', 4",
  })
  void oneWorkerComputesWhatTheDriverAloneDoes(String optimizer, String frequency)
      throws IOException {
    TrainingResult alone = train(files, BATCH, hparams(3).optimizer(optimizer).l2(0.01));
    TrainingResult one =
        train(
            files,
            BATCH,
            averaging(hparams(3).optimizer(optimizer).l2(0.01), 1)
                .strategyOption("averaging_frequency", frequency));

    assertClose(parameters(one), parameters(alone));
    assertThat(state(one).iteration()).isEqualTo(state(alone).iteration()).isEqualTo(9);
    for (int epoch = 0; epoch < 3; epoch++) {
      EpochResult expected = alone.epochs().get(epoch);
      one.epochs()
          .get(epoch)
          .logs()
          .forEach(
              (name, value) ->
                  assertThat(value)
                      .as(name)
                      .isCloseTo(
                          expected.value(name).orElseThrow(), Percentage.withPercentage(1e-3)));
    }
  }

  @ParameterizedTest(name = "{0}, seed 11")
  @CsvSource({"adam", "'{name = sgd, learning_rate = 0.1, momentum = 0.9}'"})
  void twoWorkersAreTheMeanOfTwoThatTrainAlone(String optimizer) throws IOException {
    TrainingResult even = train(everySecondList(0), BATCH / 2, hparams(1).optimizer(optimizer));
    TrainingResult odd = train(everySecondList(1), BATCH / 2, hparams(1).optimizer(optimizer));

    TrainingResult two =
        train(
            files,
            BATCH,
            averaging(hparams(1).optimizer(optimizer), 2)
                .strategyOption("averaging_frequency", "3"));

    assertClose(parameters(two), mean(parameters(even), parameters(odd)));
    assertClose(
        state(two).updaterState(), mean(state(even).updaterState(), state(odd).updaterState()));
    assertThat(relativeDistance(parameters(even), parameters(odd)))
        .as("how far the two are apart")
        .isGreaterThan(100 * ROUND_OFF);
    double loss =
        (even.epochs().get(0).value("loss").orElseThrow()
                + odd.epochs().get(0).value("loss").orElseThrow())
            / 2;
    assertThat(two.epochs().get(0).value("loss").orElseThrow())
        .isCloseTo(loss, Percentage.withPercentage(1e-3));
  }

  @Test
  void withoutAveragingUpdatersEveryRoundBeginsWithTheFirstState() throws IOException {
    TrainingResult result =
        train(
            files,
            BATCH,
            averaging(hparams(1).optimizer("adam"), 2)
                .strategyOption("averaging_frequency", "1")
                .strategyOption("average_updaters", "false"));

    assertThat(state(result).updaterState()).isNotEmpty().containsOnly(0f);
  }

  @Test
  void learningRatesThatCallbacksChangeReachTheWorkers() throws IOException {
    PipelineHparamsBuilder hparams = hparams(3).optimizer("{name = sgd, learning_rate = 0.1}");
    SimplePipeline pipeline = pipeline(files, BATCH, averaging(hparams, 2));
    AtomicReference<float[]> afterFirstEpoch = new AtomicReference<>();
    pipeline.withProgress(
        new Callback() {
          @Override
          public void onEpochEnd(TrainingRun run, EpochResult epoch) {
            run.setLearningRate(NEXT_TO_NOTHING);
            afterFirstEpoch.compareAndSet(null, ModelState.of(run.model().graph()).parameters());
          }
        });

    TrainingResult result = pipeline.trainAndValidate();

    assertThat(parameters(result)).isEqualTo(afterFirstEpoch.get());
    assertThat(LearningRates.current(result.model().graph()))
        .isCloseTo(NEXT_TO_NOTHING, Percentage.withPercentage(1e-3));
  }

  @Test
  void aTrainingThatGoesOnEndsAsOneWithoutABreak() throws IOException {
    TrainingResult straight = train(files, BATCH, averaging(hparams(3).optimizer("adam"), 2));
    Path modelDir = folder.resolve("resumed");
    train(files, BATCH, averaging(hparams(1).optimizer("adam"), 2).modelDir(modelDir.toString()));

    TrainingResult resumed =
        train(
            files, BATCH, averaging(hparams(3).optimizer("adam"), 2).modelDir(modelDir.toString()));

    assertThat(parameters(resumed)).isEqualTo(parameters(straight));
  }

  @Test
  void anExecutorThatIsKilledChangesNothing() throws IOException {
    TrainingResult undisturbed = train(files, BATCH, averaging(hparams(3).optimizer("adam"), 2));
    SimplePipeline pipeline = pipeline(files, BATCH, averaging(hparams(3).optimizer("adam"), 2));
    AtomicBoolean killed = new AtomicBoolean();
    pipeline.withProgress(
        new Callback() {
          @Override
          public void onStepEnd(TrainingRun run, StepResult step) {
            if (killed.get()) {
              return;
            }
            killed.set(
                ProcessHandle.current()
                    .children()
                    .filter(ProcessHandle::isAlive)
                    .findFirst()
                    .orElseThrow()
                    .destroyForcibly());
          }
        });

    TrainingResult result = pipeline.trainAndValidate();

    assertThat(killed).isTrue();
    assertThat(parameters(result)).isEqualTo(parameters(undisturbed));
  }

  @Test
  void aLossThatIsNoNumberEndsTheTrainingAndNamesTheStep() {
    assertThatThrownBy(
            () ->
                train(
                    files,
                    BATCH,
                    averaging(hparams(1).optimizer("{name = sgd, learning_rate = 1e30}"), 2)
                        .strategyOption("averaging_frequency", "3")))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageStartingWith("step 2 failed on replica ");
  }

  @Test
  void moreWorkersThanSlotsAreRefused() {
    assertThatThrownBy(
            () ->
                train(files, BATCH, averaging(hparams(1), 3).strategyOption("slots_timeout", "1")))
        .hasMessage(
            "strategy_options.num_workers is 3, but the application has 2 slots (master"
                + " local-cluster[2,1,4096], 2 executors); ask for fewer workers, or for more"
                + " executors or cores");
  }

  private static TrainingResult train(
      TrainingFiles files, int batch, PipelineHparamsBuilder hparams) throws IOException {
    return pipeline(files, batch, hparams).trainAndValidate();
  }

  private static SimplePipeline pipeline(
      TrainingFiles files, int batch, PipelineHparamsBuilder hparams) {
    // In the order of the files, so that the driver alone has the same batches.
    DatasetHparams dataset = files.dataset().shuffleBufferSize(1).trainBatchSize(batch).build();
    DNNScorer scorer =
        DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(false).dropout(0).build();
    return files.pipeline(dataset, scorer, hparams.build());
  }

  private static PipelineHparamsBuilder hparams(int epochs) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run-" + runs++).toString())
        .numEpochs(epochs)
        .loss("softmax_loss");
  }

  private static PipelineHparamsBuilder averaging(PipelineHparamsBuilder hparams, int workers) {
    return hparams
        .strategy("ParameterServerStrategy")
        .strategyOption("num_workers", Integer.toString(workers));
  }

  /** What one of two workers has: every second list, from the given one on. */
  private static TrainingFiles everySecondList(int first) throws IOException {
    Path other = Files.createDirectory(folder.resolve("half-" + runs++));
    List<String> half =
        Files.readAllLines(folder.resolve("train-0.txt")).stream()
            .filter(line -> Integer.parseInt(line.replaceAll(".*qid:(\\d+).*", "$1")) % 2 == first)
            .toList();
    Files.write(other.resolve("train-0.txt"), half);
    for (String valid : List.of("valid-0.txt", "valid-1.txt")) {
      Files.copy(folder.resolve(valid), other.resolve(valid));
    }
    return TrainingFiles.at(other);
  }

  private static ModelState state(TrainingResult result) {
    return ModelState.of(result.model().graph());
  }

  private static float[] parameters(TrainingResult result) {
    return state(result).parameters();
  }

  private static float[] mean(float[] one, float[] other) {
    float[] mean = new float[one.length];
    IntStream.range(0, mean.length).forEach(i -> mean[i] = (one[i] + other[i]) / 2);
    return mean;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(relativeDistance(actual, expected)).isLessThan(ROUND_OFF);
  }

  private static double relativeDistance(float[] values, float[] wanted) {
    assertThat(values).hasSameSizeAs(wanted);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference += Math.pow(values[i] - wanted[i], 2);
      size += Math.pow(wanted[i], 2);
    }
    return Math.sqrt(difference / size);
  }
}
