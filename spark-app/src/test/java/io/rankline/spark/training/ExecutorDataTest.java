package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import io.rankline.testing.LoggedLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files that executors read, and a disk that is full when the driver keeps a model. */
@Tag("executors")
@Timeout(120)
class ExecutorDataTest {

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = ExecutorSpark.start(2, 1, Map.of());
  }

  @Test
  void aDamagedRecordEndsTheTrainingAtOnceAndIsNamed() throws IOException {
    ElwcShards shards = new ElwcShards(3, 40, 1).write(folder);
    shards.flip(folder, 1, 17);
    AtomicInteger failures = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd event) {
            failures.addAndGet(event.reason() instanceof ExceptionFailure ? 1 : 0);
          }
        };

    spark.sparkContext().addSparkListener(counting);
    try {
      assertThatThrownBy(() -> train("run", ElwcShards.dataset(folder).build()))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "%s: record 17 at byte %d: checksum of the data is 0x[0-9a-f]{8}, expected 0x[0-9a-f]{8}"
                  .formatted(
                      Pattern.quote("file:" + folder.resolve(ElwcShards.name(1))),
                      shards.offset(1, 17)));
    } finally {
      spark.sparkContext().removeSparkListener(counting);
    }
    assertThat(failures)
        .as("times that it was read, of the 4 that Spark tries")
        .hasValueLessThan(4);
  }

  @Test
  void aFileThatWasCutOffEndsTheTrainingAndIsNamed() throws IOException {
    ElwcShards shards = new ElwcShards(3, 40, 2).write(folder);
    shards.truncate(folder, 2, 39);
    int size = shards.size(2, 39);

    assertThatThrownBy(() -> train("run", ElwcShards.dataset(folder).build()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "file:%s: record 39 at byte %d: file ends after %d of the %d bytes of a record and its checksum"
                .formatted(
                    folder.resolve(ElwcShards.name(2)), shards.offset(2, 39), size / 2, size + 4));
  }

  @Test
  void whereDamagedRecordsAreSkippedItIsAsIfTheyWereNotThereAndTheDriverTells(@TempDir Path sound)
      throws IOException {
    ElwcShards shards = new ElwcShards(3, 40, 3).write(folder);
    shards.flip(folder, 1, 17);
    shards.truncate(folder, 2, 39);
    new ElwcShards(3, 40, 3).without(1, 17).without(2, 39).write(sound);
    Files.copy(
        folder.resolve("valid.tfrecord"),
        sound.resolve("valid.tfrecord"),
        StandardCopyOption.REPLACE_EXISTING);
    DatasetHparams skipping =
        ElwcShards.dataset(folder)
            .onCorruptRecord(CorruptRecordPolicy.SKIP)
            .option("max_corrupt_share", "1")
            .build();

    try (LoggedLines log = new LoggedLines("io.rankline.spark.training.data")) {
      assertThat(digest(train("damaged", skipping)))
          .isEqualTo(digest(train("sound", ElwcShards.dataset(sound).build())));
      assertThat(log.messages())
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .startsWith(
                          "skipped file:%s: record 17 at byte %d: checksum of the data is "
                              .formatted(folder.resolve(ElwcShards.name(1)), shards.offset(1, 17))),
              second ->
                  assertThat(second)
                      .startsWith(
                          "skipped file:%s: record 39 at byte %d: file ends after "
                              .formatted(folder.resolve(ElwcShards.name(2)), shards.offset(2, 39))),
              number ->
                  assertThat(number)
                      .startsWith("'%s/train-*': 2 damaged records are skipped".formatted(folder)));
    }
  }

  @Test
  void onAFullDiskTheTrainingEndsAndWithRoomItGoesOnAsIfNothingHadHappened() throws Exception {
    TrainingFiles files = TrainingFiles.write(folder, 96, 3, 4);
    String undisturbed =
        digest(files.pipeline(watched("whole", "steps-of-whole").build()).trainAndValidate());
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk) == 0, "mounts a disk");
    try {
      Path ballast = disk.resolve("ballast");
      TrainingWatch watch =
          new TrainingWatch(
              new StepsTaken(folder.resolve("steps-of-disk")), 7, executor -> fill(ballast));
      spark.sparkContext().addSparkListener(watch);
      try {
        assertThatThrownBy(
                () ->
                    files.pipeline(watched("disk/run", "steps-of-disk").build()).trainAndValidate())
            .isInstanceOf(IOException.class)
            .hasMessage(
                "cannot write %s/run/checkpoints/.step-000000000010.tmp/network.zip: No space left on device; what was there before is kept"
                    .formatted(disk));
      } finally {
        spark.sparkContext().removeSparkListener(watch);
      }

      Files.delete(ballast);
      assertThat(
              digest(
                  files.pipeline(watched("disk/run", "steps-of-disk").build()).trainAndValidate()))
          .isEqualTo(undisturbed);
    } finally {
      // Lazily: files of the training that failed may still be open.
      run("umount", "-l", disk);
    }
  }

  private static void fill(Path ballast) throws IOException {
    // Large pieces first, then what is left of the last page.
    for (int piece : new int[] {1 << 16, 1}) {
      try (OutputStream out =
          Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(new byte[piece]);
        }
      } catch (IOException e) {
        assertThat(e).hasMessage("No space left on device");
      }
    }
  }

  private static int run(Object... command) throws Exception {
    String[] words = Arrays.stream(command).map(Object::toString).toArray(String[]::new);
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  private TrainingResult train(String run, DatasetHparams dataset) throws IOException {
    return TrainingFiles.pipeline(
            TrainingFiles.builder(dataset),
            DNNScorer.builder().hiddenLayerDims(8).useBatchNorm(false).dropout(0).build(),
            hparams(run).strategy("MultiWorkerMirroredStrategy").build())
        .trainAndValidate();
  }

  private PipelineHparamsBuilder watched(String run, String steps) {
    return hparams(run)
        .checkpointSteps(5)
        .strategy(WatchedStrategies.NAME)
        .strategyOption(WatchedStrategies.MILLIS, "40")
        .strategyOption(WatchedStrategies.STEPS, folder.resolve(steps).toString());
  }

  private PipelineHparamsBuilder hparams(String run) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve(run).toString())
        .numEpochs(1)
        .stepsPerEpoch(20)
        .loss("softmax_loss")
        .optimizer("adam")
        .learningRate(1e-3)
        .strategyOption("num_workers", "2");
  }

  private static String digest(TrainingResult result) {
    return ModelState.of(result.model().graph()).digest();
  }
}
