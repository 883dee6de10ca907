package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.transform.Transform;
import io.rankline.io.DatasetReader;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.spark.testing.ExecutorMemory;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What executors hold, against the formula of docs/operations.md. Takes minutes, so it runs with
 * {@code -Drankline.soak=true} only.
 */
@Tag("executors")
@Timeout(300)
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "rankline.soak", matches = "true")
class ExecutorMemoryTest {

  private static final int HEAP = 1024;
  private static final int OFF_HEAP = 1024;
  private static final int FEATURES = 136;

  /** Parameters, gradient, Adam's moments and activations of the network below: what one leaks. */
  private static final double MODEL = 8.5;

  @TempDir Path folder;

  @Test
  void nothingGrowsFromEpochToEpoch() throws IOException {
    TrainingFiles files = TrainingFiles.write(folder, 64, 3, 5);
    SparkSession spark = start(HEAP, OFF_HEAP);
    List<SortedMap<String, ExecutorMemory>> epochs = new ArrayList<>();
    try {
      new SimplePipeline(
          TrainingFiles.modelBuilder(
              DNNScorer.builder().hiddenLayerDims(1024, 512).useBatchNorm(true).build()),
          TrainingFiles.builder(files.dataset().build()),
          hparams(20, 2, 2)) {
        @Override
        protected List<Callback> buildCallbacks() {
          return List.of(
              new Callback() {
                @Override
                public void onEpochEnd(TrainingRun run, EpochResult epoch) {
                  epochs.add(ExecutorMemory.of(spark, 2));
                }
              });
        }
      }.trainAndValidate();
    } finally {
      spark.stop();
    }
    for (String executor : epochs.get(0).keySet()) {
      ExecutorMemory early = Objects.requireNonNull(epochs.get(4).get(executor));
      ExecutorMemory late = Objects.requireNonNull(epochs.get(19).get(executor));
      System.err.printf("executor %s, epochs 5 and 20: %s, %s%n", executor, early, late);
      // Classes and Spark's bookkeeping are less than one model.
      assertThat(late.heap()).as("heap").isLessThan(early.heap() + MODEL);
      // Compiled code and the pages that malloc does not give back: less than 15 models' arrays.
      assertThat(late.resident()).as("resident").isLessThan(early.resident() + 5 * MODEL);
    }
  }

  @Test
  void theReadmesNetworkOn128ListsStaysInItsContainer() throws IOException {
    SparkSession spark = start(HEAP, OFF_HEAP);
    try {
      readme().trainAndValidate();
      ExecutorMemory most =
          ExecutorMemory.of(spark, 1).values().stream()
              .max((a, b) -> Double.compare(a.most(), b.most()))
              .orElseThrow();
      System.err.printf("container of %d MiB: %s%n", container(HEAP, OFF_HEAP), most);
      assertThat(most.most()).isLessThan(container(HEAP, OFF_HEAP));
    } finally {
      spark.stop();
    }
  }

  @Test
  void aProcessThatOutgrowsItsLimitEndsTheTrainingWithAMessage() throws IOException {
    // Less than the network takes, 700 MiB, and more than an idle executor.
    SparkSession spark = start(HEAP, OFF_HEAP, 600);
    try {
      // Mostly JavaCPP's error reaches the worker; where it falls into native code, that aborts.
      assertThatThrownBy(() -> readme().trainAndValidate())
          .hasMessageMatching(
              "step \\d+ failed on worker 0, which has too little memory: Physical memory usage is"
                  + " too high: physicalBytes \\(\\d+M\\) > maxPhysicalBytes \\(600M\\); raise"
                  + " RANKLINE_EXECUTOR_OFF_HEAP, or lower train_batch_size; the last checkpoint is"
                  + " as it was|workers failed 4 times in a row, .* exited with code 134 \\(that is"
                  + " an abort: mostly the process outgrew .*");
    } finally {
      spark.stop();
    }
  }

  /** An executor's container by the formula, in MiB. */
  private static int container(int heap, int offHeap) {
    return heap + offHeap + 384 + heap / 10;
  }

  /** Executors that have what deploy/yarn/submit would give them. */
  private static SparkSession start(int heap, int offHeap) {
    return start(heap, offHeap, container(heap, offHeap));
  }

  private static SparkSession start(int heap, int offHeap, int container) {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.executor.memory", heap + "m");
    settings.put(
        "spark.executor.extraJavaOptions",
        "%s -Dorg.bytedeco.javacpp.maxbytes=%dm -Dorg.bytedeco.javacpp.maxphysicalbytes=%dm"
            .formatted(ExecutorSpark.javaOptions(), offHeap, container));
    return ExecutorSpark.start(2, 1, settings);
  }

  /** One worker on 128 lists of 100 items. */
  private SimplePipeline readme() throws IOException {
    Random random = new Random(6);
    StringBuilder text = new StringBuilder();
    Map<String, FixedLenFeature> features = new TreeMap<>();
    for (int f = 1; f <= FEATURES; f++) {
      features.put(Integer.toString(f), FixedLenFeature.float32(1).withDefault(0f));
    }
    for (int item = 0; item < 128 * 100; item++) {
      text.append(random.nextInt(5)).append(" qid:").append(item / 100);
      for (int f = 1; f <= FEATURES; f++) {
        text.append(' ').append(f).append(':').append(random.nextInt(1000) / 100f);
      }
      text.append('\n');
    }
    Files.writeString(folder.resolve("lists.txt"), text);
    return new SimplePipeline(
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
            "readme"),
        new SimpleDatasetBuilder(
            Map.of(),
            features,
            "mask",
            LabelSpec.of("label", FixedLenFeature.float32(1).withDefault(-1f)),
            DatasetHparams.builder()
                .datasetReader(DatasetReader.LIBSVM)
                .trainInputPattern(folder + "/lists.txt")
                .validInputPattern(folder + "/lists.txt")
                .trainBatchSize(128)
                .validBatchSize(128)
                .listSize(200)
                .build()),
        hparams(1, 3, 1));
  }

  private PipelineHparams hparams(int epochs, int steps, int workers) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("model").toString())
        .numEpochs(epochs)
        .stepsPerEpoch(steps)
        .validationSteps(1)
        .loss("softmax_loss")
        .optimizer("adam")
        .learningRate(1e-3)
        .strategy("MultiWorkerMirroredStrategy")
        .strategyOption("num_workers", Integer.toString(workers))
        .build();
  }
}
