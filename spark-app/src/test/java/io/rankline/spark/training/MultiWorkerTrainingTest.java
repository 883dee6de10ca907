package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rankline.data.ListSize;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.model.kernel.Precision;
import io.rankline.model.kernel.packed.PackedProducts;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.dataset.TeacherLabels;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.ExecutorPredictions;
import io.rankline.spark.evaluation.ModelPredictions;
import io.rankline.spark.evaluation.Predictions;
import io.rankline.spark.evaluation.TrainingData;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training on two executor processes of two slots each. */
@Tag("executors")
class MultiWorkerTrainingTest {

  @TempDir static Path folder;
  private static SparkSession spark;
  private static TrainingFiles files;
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    spark = ExecutorSpark.start(2, 2, Map.of());
    files = TrainingFiles.write(folder, 203, 5, 11);
  }

  @ParameterizedTest(name = "{0} with {1}, seed 11")
  @CsvSource({
    "adam, softmax_loss",
    "'{name = adam, use_ema = true, gradient_accumulation_steps = 2}', softmax_loss",
    "adagrad, pairwise_logistic_loss",
    "sgd, '{name = gumbel_approx_ndcg_loss, seed = 3}'",
  })
  void anyNumberOfWorkersComputesWhatOneDoes(String optimizer, String loss) throws IOException {
    TrainingResult one = train(1, optimizer, loss);
    TrainingResult two = train(2, optimizer, loss);
    TrainingResult four = train(4, optimizer, loss);

    assertClose(two, one);
    assertClose(four, one);
  }

  @Test
  void inTheOrderOfTheFilesItIsWhatTheDriverAloneComputes(@TempDir Path other) throws IOException {
    // Without a shuffle buffer the driver still takes from several files in turn: one file it is.
    TrainingFiles files = TrainingFiles.write(other, 90, 1, 12);
    TrainingResult alone =
        files
            .pipeline(
                files.dataset().shuffleBufferSize(1).build(),
                plain(),
                hparams("sgd", "softmax_loss").build())
            .trainAndValidate();
    TrainingResult four =
        files
            .pipeline(
                files.dataset().shuffleBufferSize(1).build(),
                plain(),
                hparams("sgd", "softmax_loss")
                    .strategy("MultiWorkerMirroredStrategy")
                    .strategyOption("num_workers", "4")
                    .build())
            .trainAndValidate();

    assertClose(four, alone);
    for (int epoch = 0; epoch < alone.epochs().size(); epoch++) {
      EpochResult expected = alone.epochs().get(epoch);
      four.epochs()
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

  @Test
  void aTeacherScoresOnTheExecutorsWhatItScoresInOneProcess(@TempDir Path other)
      throws IOException {
    TrainingFiles files = TrainingFiles.write(other, 90, 1, 13);
    DatasetHparams data = files.dataset().shuffleBufferSize(1).build();
    PipelineHparams ofTeacher = hparams("adam", "softmax_loss").build();
    files.pipeline(data, plain(), ofTeacher).trainAndValidate();
    Teacher teacher =
        Teacher.ofModel(ofTeacher.modelDir() + "/export/latest_model")
            .as(TeacherLabels.SOFTMAX, 0.5, 0.5);

    TrainingResult alone =
        TrainingFiles.pipeline(
                TrainingFiles.builder(data, teacher),
                plain(),
                hparams("sgd", "softmax_loss").build())
            .trainAndValidate();
    TrainingResult four =
        TrainingFiles.pipeline(
                TrainingFiles.builder(data, teacher),
                plain(),
                hparams("sgd", "softmax_loss")
                    .strategy("MultiWorkerMirroredStrategy")
                    .strategyOption("num_workers", "4")
                    .build())
            .trainAndValidate();

    assertClose(four, alone);
  }

  @Test
  void evaluatingOnExecutorsGivesTheNumbersOfOneProcess() throws IOException {
    PipelineHparams hparams = hparams("adam", "softmax_loss").numEpochs(1).build();
    files.pipeline(files.dataset().build(), plain(), hparams).trainAndValidate();
    String model = hparams.modelDir() + "/export/latest_model";
    String data = folder + "/valid-*";
    TrainingData libSvm =
        new TrainingData(
            null, QueriesAcrossFiles.JOIN, LibSvmLayout.USUAL, ListSize.ALL, false, null);

    Predictions there =
        ExecutorPredictions.read(
                JavaSparkContext.fromSparkContext(spark.sparkContext()), model, data, libSvm)
            .values()
            .iterator()
            .next();

    Predictions here =
        ModelPredictions.read(SavedRankingModel.load(model), data, libSvm)
            .values()
            .iterator()
            .next();
    assertThat(there.size()).isEqualTo(here.size());
    for (int list = 0; list < here.size(); list++) {
      assertThat(there.query(list)).isEqualTo(here.query(list));
      assertThat(there.list(list).scores()).isEqualTo(here.list(list).scores());
      assertThat(there.list(list).labels()).isEqualTo(here.list(list).labels());
    }
  }

  private static TrainingResult train(int workers, String optimizer, String loss)
      throws IOException {
    return train(workers, plain(), hparams(optimizer, loss));
  }

  private static TrainingResult train(int workers, DNNScorer scorer, PipelineHparamsBuilder hparams)
      throws IOException {
    return files
        .pipeline(
            files.dataset().build(),
            scorer,
            hparams
                .strategy("MultiWorkerMirroredStrategy")
                .strategyOption("num_workers", Integer.toString(workers))
                .build())
        .trainAndValidate();
  }

  private static DNNScorer plain() {
    return DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(false).dropout(0).build();
  }

  @Test
  void workersMultiplyInBfloat16AsOneDoes() throws IOException {
    assumeTrue(PackedProducts.here().bfloat16() != null, PackedProducts.here().reason());
    TrainingResult one = train(1, wide(), mixed());
    TrainingResult two = train(2, wide(), mixed());
    TrainingResult single = train(2, wide(), hparams("sgd", "softmax_loss"));

    // Sums over rows in another order are rounded to 8 bits in the next step.
    assertThat(difference(two, one)).isBetween(0.0, 1e-3);
    assertThat(difference(two, single)).isBetween(1e-6, 1e-2);
  }

  private static DNNScorer wide() {
    return DNNScorer.builder().hiddenLayerDims(32, 32).useBatchNorm(false).dropout(0).build();
  }

  private static PipelineHparamsBuilder mixed() {
    return hparams("sgd", "softmax_loss")
        .precision(Precision.MIXED_BFLOAT16)
        .precisionRequired(true);
  }

  private static PipelineHparamsBuilder hparams(String optimizer, String loss) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run-" + runs++).toString())
        .numEpochs(2)
        .stepsPerExecution(1)
        .loss(loss)
        .optimizer(optimizer);
  }

  private static void assertClose(TrainingResult actual, TrainingResult expected) {
    assertThat(difference(actual, expected)).isLessThan(1e-5);
  }

  /** Relative L2 difference of all parameters. */
  private static double difference(TrainingResult actual, TrainingResult expected) {
    float[] values = ModelState.of(actual.model().graph()).parameters();
    float[] wanted = ModelState.of(expected.model().graph()).parameters();
    double difference = 0;
    double size = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference += Math.pow(values[i] - wanted[i], 2);
      size += Math.pow(wanted[i], 2);
    }
    return Math.sqrt(difference / size);
  }
}
