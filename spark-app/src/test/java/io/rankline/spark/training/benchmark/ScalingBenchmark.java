package io.rankline.spark.training.benchmark;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.transform.Transform;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists a second of one worker and of two, each an executor process with one core and batches of
 * 128 lists: DNN 1024-512-256 on the 136 features that {@code rankline generate} makes. Rounds take
 * turns. The workers' own lines in the log say what went into the all-reduce.
 *
 * <p>Arguments: pattern of training files, number of rounds, steps of an epoch. SPARK_HOME has to
 * name a folder with an empty folder jars, and SPARK_SCALA_VERSION has to be 2.12.
 */
public final class ScalingBenchmark {

  private static final int BATCH = 128;

  private ScalingBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    Path models = Files.createTempDirectory("scaling");
    int rounds = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    ExecutorSpark.start(2, 1, Map.of("spark.executor.memory", "2g"));
    for (int round = 1; round <= rounds; round++) {
      double one = listsPerSecond(args[0], 1, steps, models.resolve("one-" + round));
      double two = listsPerSecond(args[0], 2, steps, models.resolve("two-" + round));
      System.out.printf(
          "round %d: one worker %.0f lists/s, two workers %.0f lists/s, ratio %.2f%n",
          round, one, two, two / one);
    }
    System.exit(0);
  }

  /** Of the second epoch, stage start included. */
  private static double listsPerSecond(String data, int workers, int steps, Path model)
      throws IOException {
    int epochs = 2;
    Map<String, FixedLenFeature> features = new TreeMap<>();
    for (int f = 1; f <= 136; f++) {
      features.put("custom_features_" + f, FixedLenFeature.float32(1).withDefault(0f));
    }
    DatasetHparams dataset =
        DatasetHparams.builder()
            .trainInputPattern(data)
            .validInputPattern(data)
            .trainBatchSize(BATCH * workers)
            .validBatchSize(BATCH)
            .listSize(200)
            .build();
    PipelineHparams hparams =
        PipelineHparams.builder()
            .modelDir(model.toString())
            .numEpochs(epochs)
            .stepsPerEpoch(steps)
            .validationSteps(1)
            .loss("softmax_loss")
            .strategy("MultiWorkerMirroredStrategy")
            .strategyOption("num_workers", Integer.toString(workers))
            .build();
    SimplePipeline pipeline =
        new SimplePipeline(
            new ModelBuilder(
                new FeatureSpecInputCreator(Map.of(), features),
                PreprocessorWithSpec.forAll(features.keySet(), Transform.LOG1P),
                DNNScorer.builder()
                    .hiddenLayerDims(1024, 512, 256)
                    .useBatchNorm(true)
                    .batchNormMoment(0.99)
                    .dropout(0.4)
                    .build(),
                "mask",
                "scaling"),
            new SimpleDatasetBuilder(
                Map.of(),
                features,
                "mask",
                LabelSpec.of("utility", FixedLenFeature.int64(1).withDefault(-1L)),
                dataset),
            hparams);
    double lists = 0;
    double seconds = 0;
    for (EpochResult epoch : pipeline.trainAndValidate().epochs()) {
      if (epoch.epoch() > 1) {
        lists += epoch.lists();
        seconds += epoch.training().toMillis() / 1e3;
      }
    }
    return lists / seconds;
  }
}
