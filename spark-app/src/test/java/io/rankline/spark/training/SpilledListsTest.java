package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists that executors have no memory for. */
@Tag("executors")
@Timeout(180)
class SpilledListsTest {

  @TempDir Path folder;

  @Test
  void trainingOnListsThatLieOnDiskEndsLikeOneOnListsInMemory() throws IOException {
    TrainingFiles files = TrainingFiles.write(folder, 1600, 4, 17);
    BlockSizes ample = new BlockSizes();
    BlockSizes scarce = new BlockSizes();

    // A thousandth of what a heap of 900 MB has for Spark: less than the 1 MB that Spark wants
    // before it keeps a first list.
    String onDisk = train(files, "scarce", Map.of("spark.memory.fraction", "0.001"), scarce);
    // At the end, as the next class asks for such executors.
    String inMemory = train(files, "ample", Map.of(), ample);

    assertThat(ample.onDisk.get()).as("bytes of lists on disk, with ample memory").isZero();
    assertThat(scarce.onDisk.get()).as("bytes of lists on disk, with little").isPositive();
    assertThat(onDisk).isEqualTo(inMemory);
  }

  private String train(
      TrainingFiles files, String name, Map<String, String> settings, BlockSizes sizes)
      throws IOException {
    SparkSession spark = ExecutorSpark.start(2, 1, settings);
    spark.sparkContext().addSparkListener(sizes);
    try {
      TrainingResult result =
          files
              .pipeline(
                  PipelineHparams.builder()
                      .modelDir(folder.resolve(name).toString())
                      .numEpochs(2)
                      .stepsPerEpoch(50)
                      .loss("softmax_loss")
                      .optimizer("adam")
                      .strategy("MultiWorkerMirroredStrategy")
                      .strategyOption("num_workers", "2")
                      .build())
              .trainAndValidate();
      return ModelState.of(result.model().graph()).digest();
    } finally {
      spark.sparkContext().removeSparkListener(sizes);
    }
  }

  private static final class BlockSizes extends SparkListener {
    private final AtomicLong onDisk = new AtomicLong();

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated event) {
      if (event.blockUpdatedInfo().blockId().isRDD()) {
        onDisk.addAndGet(event.blockUpdatedInfo().diskSize());
      }
    }
  }
}
