package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training on a Spark master with two workers. */
@Tag("cluster")
class StandaloneTest {

  @TempDir static Path folder;

  private static SparkHome spark = new SparkHome(Path.of(""));
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    spark = SparkHome.make();
    cluster = StandaloneCluster.start(spark, folder.resolve("cluster"), 2);
    SyntheticElwc.write(
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(folder.toString(), "data"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aTrainingInClientModeEndsWithAModel() throws IOException {
    Path file =
        TrainingFile.write(
            folder.resolve("run.conf"),
            folder.resolve("data").toString(),
            folder.resolve("model").toString(),
            TrainingFile.STRATEGY);

    SparkSubmit.Ended run =
        submit().run(List.of("--master", cluster.master()), "train", file.toString());

    assertThat(run.status()).as(run.all()).isZero();
    SavedRankingModel model =
        SavedRankingModel.load(folder.resolve("model/export/best_model_by_metric").toString());
    assertThat(model.predict(SyntheticElwc.records(0, 1).get(0))).isNotEmpty();
  }

  private static SparkSubmit submit() {
    return new SparkSubmit(spark, folder);
  }
}
