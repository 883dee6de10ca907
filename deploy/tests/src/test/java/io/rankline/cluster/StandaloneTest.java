package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.config.RunConfig;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a Spark master with two workers. */
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
  void aTrainingInClientModeEndsWithAModelAndPlainLines() throws IOException {
    Path file = configuration("client", TrainingFile.STRATEGY);

    SparkSubmit.Ended run = submit("--", "train", file.toString());

    assertThat(run.status()).as(run.all()).isZero();
    assertThat(run.out()).contains("this model (epoch ", "model   " + folder.resolve("client"));
    assertThat(run.err()).contains("epoch 1/2", "epoch 2/2");
    assertThat(run.err()).as("log lines").doesNotContain(" INFO ", " WARN ", " ERROR ", "\tat ");
    SavedRankingModel model =
        SavedRankingModel.load(folder.resolve("client/export/best_model_by_metric").toString());
    assertThat(model.predict(SyntheticElwc.records(0, 1).get(0))).isNotEmpty();
  }

  @Test
  void treesGrowOnTheWorkersWithTwoJarsMore() throws IOException {
    Path file = configuration("trees", TrainingFile.STRATEGY);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("scorer \\{.*}", "scorer { type = lambdamart, num_round = 6 }"));
    String jars = Built.treeJars().stream().map(Path::toString).collect(Collectors.joining(","));

    SparkSubmit.Ended without = submitWithoutExecutors("--", "train", file.toString());
    SparkSubmit.Ended run = submit("--jars", jars, "--", "train", file.toString());

    assertThat(without.status()).as(without.all()).isEqualTo(1);
    assertThat(without.err())
        .contains("rankline: scorer lambdamart is trained by XGBoost, which is not on the class");
    assertThat(run.status()).as(run.all()).isZero();
    assertThat(run.out()).contains("this model (epoch ", "model   " + folder.resolve("trees"));
    SavedRankingModel model =
        SavedRankingModel.load(folder.resolve("trees/export/best_model_by_metric").toString());
    assertThat(model.predict(SyntheticElwc.records(0, 1).get(0))).isNotEmpty();
  }

  @Test
  void aTrainingThatFailsInClientModeHasItsStatusAndOneLine() throws IOException {
    Path file = configuration("wrong", "OneDeviceStrategy");

    SparkSubmit.Ended run = submitWithoutExecutors("--", "train", file.toString());

    assertThat(run.status()).as(run.all()).isEqualTo(1);
    assertThat(run.err()).contains("rankline: ", "unknown strategy 'OneDeviceStrategy'");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void aCommandOfSparkRunsOnAWorker() throws IOException {
    Path output = folder.resolve("parquet");

    // In one executor of two cores.
    SparkSubmit.Ended run =
        submit(
            submission().with("RANKLINE_EXECUTOR_CORES", "2"),
            "--",
            "convert",
            "--from=elwc",
            "--to=parquet",
            "--input=" + folder.resolve("data/train"),
            "--output=" + output);

    assertThat(run.status()).as(run.all()).isZero();
    assertThat(run.out()).contains("wrote 48 lists to " + output);
    assertThat(run.err()).as("log lines").doesNotContain(" INFO ", " WARN ", " ERROR ", "\tat ");
    assertThat(cluster.stateOfApplication("rankline convert")).isEqualTo("FINISHED");
  }

  @Test
  void scoresOfTheWorkersAreThoseOfTheModel() throws IOException {
    Path file = configuration("scored", "MirroredStrategy");
    RunConfig.load(file, List.of("pipeline.num_epochs=1")).pipeline().trainAndValidate();
    String export = folder.resolve("scored/export/latest_model").toString();
    Path output = folder.resolve("scores");

    SparkSubmit.Ended run =
        submit(
            "--",
            "score",
            "--model=" + export,
            "--data=elwc:" + folder.resolve("data/valid"),
            "--to=csv",
            "--output=" + output);

    assertThat(run.status()).as(run.all()).isZero();
    assertThat(run.out()).startsWith("scored ").contains(" items of 16 queries to " + output);
    assertThat(run.err()).as("log lines").doesNotContain(" INFO ", " WARN ", " ERROR ", "\tat ");
    Map<String, Float> found = new HashMap<>();
    try (Stream<Path> parts = Files.list(output)) {
      for (Path part : parts.filter(path -> path.toString().endsWith(".csv")).toList()) {
        for (String line : Files.readAllLines(part)) {
          String[] cells = line.split(",", -1);
          if (!cells[0].equals("qid")) {
            found.put(cells[0] + " " + cells[1], Float.parseFloat(cells[2]));
          }
        }
      }
    }
    SavedRankingModel model = SavedRankingModel.load(export);
    Map<String, Float> expected = new HashMap<>();
    for (int list = 48; list < 64; list++) {
      float[] scores = model.predict(SyntheticElwc.records(list, list + 1).get(0));
      for (int item = 0; item < scores.length; item++) {
        expected.put(SyntheticElwc.query(list) + " " + item, scores[item]);
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aTrainingInClusterModeEndsWithAModel() throws IOException {
    Path file = configuration("cluster", TrainingFile.STRATEGY);

    // Both workers of the training are in one executor.
    SparkSubmit.Ended run =
        submit(
            submission().with("RANKLINE_EXECUTOR_CORES", "2"),
            "--deploy-mode",
            "cluster",
            "--",
            "train",
            file.toString());

    assertThat(run.status()).as(run.all()).isZero();
    assertThat(cluster.stateOfDriver(run.word("driver-"))).isEqualTo("FINISHED");
    assertThat(folder.resolve("cluster/export/best_model_by_metric")).isNotEmptyDirectory();
  }

  /** Spark's own client ends with 0 here, whatever became of the driver. */
  @Test
  void aTrainingThatFailsInClusterModeIsAFailedDriver() throws IOException {
    Path file = configuration("wrong-cluster", "OneDeviceStrategy");

    SparkSubmit.Ended run =
        submitWithoutExecutors("--deploy-mode", "cluster", "--", "train", file.toString());

    assertThat(cluster.stateOfDriver(run.word("driver-"))).as(run.all()).isEqualTo("FAILED");
    assertThat(run.err()).contains(" is FAILED");
  }

  @Test
  void tooLittleMemoryOutsideOfTheHeapIsToldInOneLine() {
    SparkSubmit.Ended run =
        submit(
            new SparkSubmit(spark).with("RANKLINE_DRIVER_OFF_HEAP", "64m"),
            "--total-executor-cores",
            "1",
            "--",
            "bench-step",
            "--steps",
            "1");

    assertThat(run.status()).as(run.all()).isEqualTo(1);
    assertThat(run.err()).contains("rankline: ", "> maxBytes (65536K)").doesNotContain("\tat ");
  }

  private static Path configuration(String name, String strategy) throws IOException {
    return TrainingFile.write(
        folder.resolve(name + ".conf"),
        folder.resolve("data").toString(),
        folder.resolve(name).toString(),
        strategy);
  }

  private static SparkSubmit.Ended submit(String... words) {
    return submit(submission(), words);
  }

  private static SparkSubmit.Ended submitWithoutExecutors(String... words) {
    List<String> all = new ArrayList<>(SparkSubmit.NO_EXECUTORS);
    all.addAll(List.of(words));
    return submit(submission(), all.toArray(String[]::new));
  }

  private static SparkSubmit submission() {
    return new SparkSubmit(spark).with("RANKLINE_DRIVER_OFF_HEAP", "256m");
  }

  /** Two cores: one executor on each worker, unless executors have more than one core. */
  private static SparkSubmit.Ended submit(SparkSubmit submission, String... words) {
    List<String> all =
        new ArrayList<>(List.of("--master", cluster.master(), "--total-executor-cores", "2"));
    all.addAll(List.of(words));
    return submission
        .with("RANKLINE_DRIVER_HEAP", "512m")
        .with("RANKLINE_EXECUTOR_HEAP", "512m")
        .with("RANKLINE_EXECUTOR_OFF_HEAP", "256m")
        .runScript("deploy/standalone/submit", all.toArray(String[]::new));
  }
}
