package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.model.DNNScorer;
import io.rankline.pipeline.Callback;
import io.rankline.pipeline.EpochResult;
import io.rankline.pipeline.PipelineHparams;
import io.rankline.pipeline.PipelineHparamsBuilder;
import io.rankline.pipeline.TrainingResult;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterServerTest {
  @TempDir static Path folder;
  private static SparkSession spark;
  private static TrainingFiles files;

  @BeforeAll
  static void start() throws IOException {
    spark = ExecutorSpark.start(2, 1, Map.of());
    files = TrainingFiles.write(folder, 203, 5, 11);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void trains() throws IOException {
    long begin = System.nanoTime();
    TrainingResult result =
        files
            .pipeline(
                files.dataset().build(),
                DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(false).dropout(0).build(),
                PipelineHparams.builder()
                    .modelDir(folder.resolve("a").toString())
                    .numEpochs(4)
                    .loss("softmax_loss")
                    .optimizer("adam")
                    .strategy("ParameterServerStrategy")
                    .strategyOption("num_workers", "2")
                    .strategyOption("averaging_frequency", "1")
                    .build())
            .trainAndValidate();
    for (EpochResult e : result.epochs()) System.out.println(e);
    System.out.println((System.nanoTime() - begin) / 1e9);
  }
}
