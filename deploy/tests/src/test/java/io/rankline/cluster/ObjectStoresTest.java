package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings and what follows on object stores, through the connectors of Hadoop. */
@Tag("cluster")
class ObjectStoresTest {

  @TempDir static Path folder;

  private static GcsServer gcs = GcsServer.start();
  private static S3Server s3;
  private static LocalCommand gs;
  private static LocalCommand s3a;
  private static String table;

  @BeforeAll
  static void start() throws IOException {
    s3 = S3Server.start(folder);
    gs = command("gs", gcs.settings());
    s3a = command("s3a", s3.settings());
    SparkSubmit.Ended run = gs.run("train", training("file", folder + "/undisturbed").toString());
    assertThat(run.status()).as(run.all()).isZero();
    table = table(run);
  }

  @AfterAll
  static void stop() {
    gcs.close();
    s3.close();
  }

  @Test
  void onGsATrainingAndAllThatFollowsAreThoseOfALocalDisk() throws IOException {
    assertEveryCommandReaches(gs, "gs");

    List<String> names = gcs.names("shop");
    assertThat(names).noneMatch(name -> name.contains("/."));
    assertThat(names.stream().filter(name -> name.startsWith("run/model/logs/train/")))
        .as("an event file for each epoch")
        .hasSize(4);
    assertThat(names)
        .contains("run/model/report.html", "run/model/history.json", "served/2/ranking_model.json")
        .contains("run/model/checkpoints/step-000000000024/state.json");
  }

  @Test
  void onS3ATrainingAndAllThatFollowsAreThoseOfALocalDisk() throws IOException {
    assertEveryCommandReaches(s3a, "s3a");
  }

  private static void assertEveryCommandReaches(LocalCommand rankline, String scheme)
      throws IOException {
    String store = scheme + "://shop";
    Path file = training(scheme, store + "/run");

    SparkSubmit.Ended train = rankline.run("train", file.toString());
    assertThat(train.status()).as(train.all()).isZero();
    assertThat(table(train)).isEqualTo(table);
    assertThat(train.err()).doesNotContain(" INFO ", "\tat ", "Syncable", "MetricsConfig");

    SparkSubmit.Ended inspect = rankline.run("inspect", store + "/run/data/valid");
    assertThat(inspect.status()).as(inspect.all()).isZero();
    assertThat(inspect.out()).contains("lists 16   items ");
    SparkSubmit.Ended evaluate =
        rankline.run(
            "evaluate",
            "--model",
            store + "/run/model/best",
            "--data",
            store + "/run/data/valid",
            "--metrics",
            "ndcg@10");
    assertThat(evaluate.status()).as(evaluate.all()).isZero();
    for (int version = 1; version <= 2; version++) {
      SparkSubmit.Ended export =
          rankline.run(
              "export",
              "--model-dir",
              store + "/run/model",
              "--output",
              store + "/served/" + version);
      assertThat(export.status()).as(export.all()).isZero();
    }
  }

  @Test
  void aTrainingThatIsKilledBetweenTheFilesOfACheckpointGoesOnAndEndsTheSame() throws IOException {
    try (GcsServer store = GcsServer.start()) {
      LocalCommand rankline = command("killed-checkpoint", store.settings());
      Path file = training("killed-checkpoint", "gs://shop/run");
      store.holdWrite("run/model/checkpoints/step-000000000012/state.json", 1);

      kill(store, rankline.start("train", file.toString()));

      assertThat(store.names("shop"))
          .contains("run/model/checkpoints/step-000000000012/network.zip")
          .doesNotContain("run/model/checkpoints/step-000000000012/state.json");
      SparkSubmit.Ended again = rankline.run("train", file.toString());
      assertThat(again.status()).as(again.all()).isZero();
      assertThat(again.err()).contains("going on after epoch 1/4");
      assertThat(table(again)).isEqualTo(table);
    }
  }

  @Test
  void aTrainingThatIsKilledWhileTheBestModelIsReplacedLeavesAWholeOne() throws IOException {
    try (GcsServer store = GcsServer.start()) {
      LocalCommand rankline = command("killed-best", store.settings());
      Path file = training("killed-best", "gs://shop/run");
      store.holdWrite("run/model/best/ranking_model.json", 2);

      kill(store, rankline.start("train", file.toString()));

      assertThat(store.names("shop"))
          .contains("run/model/best/network.zip", "run/model/.best.tmp/ranking_model.json")
          .doesNotContain("run/model/best/ranking_model.json");
      SparkSubmit.Ended export =
          rankline.run(
              "export", "--model-dir", "gs://shop/run/model", "--output", "gs://shop/served");
      assertThat(export.status()).as(export.all()).isZero();
      SparkSubmit.Ended again = rankline.run("train", file.toString());
      assertThat(again.status()).as(again.all()).isZero();
      assertThat(table(again)).isEqualTo(table);
      assertThat(store.names("shop"))
          .contains("run/model/best/ranking_model.json")
          .noneMatch(name -> name.contains("/."));
    }
  }

  @Test
  void aConnectorThatIsMissingIsToldWithTheWayOut() {
    String wayOut =
        "; put its connector on the class path: RANKLINE_STORES or RANKLINE_CLASSPATH for"
            + " deploy/local/rankline, --jars for spark-submit (docs/stores.md)\n";
    LocalCommand none = new LocalCommand(List.of(), folder.resolve("none"));

    assertThat(none.run("inspect", "gs://shop/data").err())
        .endsWith("rankline: No FileSystem for scheme \"gs\"" + wayOut);
    assertThat(none.run("inspect", "s3a://shop/data").err())
        .endsWith("rankline: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found" + wayOut);
  }

  @Test
  void aBucketThatIsNotThereIsTold() throws IOException {
    SparkSubmit.Ended run = s3a.run("inspect", "s3a://nobody/data");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("rankline: ", "nobody").doesNotContain("\tat ");
  }

  private static void kill(GcsServer store, LocalCommand.Started training) {
    store.awaitHeld();
    training.process().kill();
    assertThat(training.ended().status()).isNotZero();
    store.release();
  }

  private static LocalCommand command(String name, Map<String, String> settings) {
    Path configuration = folder.resolve(name + "-site");
    HadoopFiles.write(configuration, "core-site.xml", settings);
    return new LocalCommand(
        Stream.of("gs", "s3a").flatMap(store -> Built.connectorJars(store).stream()).toList(),
        configuration);
  }

  /** The last table that a training prints, without what names its folder. */
  private static String table(SparkSubmit.Ended training) {
    String out = training.out();
    int begin = out.indexOf("on the validation data");
    assertThat(begin).as(training.all()).isNotNegative();
    return out.substring(begin, out.indexOf("\nmodel ", begin));
  }

  private static Path training(String name, String place) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".conf"),
        """
        synthetic { dir = "%1$s/data", train_lists = 48, valid_lists = 16, max_list_size = 20, seed = 1 }
        data {
          train_input_pattern = ${synthetic.dir}"/train/*.tfrecord"
          valid_input_pattern = ${synthetic.dir}"/valid/*.tfrecord"
          train_batch_size = 8
          valid_batch_size = 8
          list_size = 20
          features {
            example { "custom_features_{1..136}" { dtype = float32, default = 0 } }
            label { name = utility, dtype = int64, default = -1 }
          }
        }
        model {
          preprocess { all_examples = log1p }
          scorer { type = dnn, hidden_layer_dims = [16, 8], dropout = 0 }
        }
        pipeline {
          model_dir = "%1$s/model"
          num_epochs = 4
          loss = softmax_loss
          optimizer = adam
          learning_rate = 0.003
          export_best_model = true
          best_exporter_metric = ndcg_10
        }
        """
            .formatted(place));
  }
}
