package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the files that TF-Ranking made, of golden/keras in ranking-lib. */
class ImportCommandTest {

  private static final Path GOLDEN =
      Path.of("..", "ranking-lib", "src", "test", "resources", "golden", "keras");

  private static final List<Map<String, Object>> ITEMS =
      List.of(
          Map.of("bm25", 12.5f, "clicks", List.of(0.25f, -1f)),
          Map.of("bm25", 0.5f, "clicks", List.of(2f, 0f)),
          Map.of("bm25", -4f, "clicks", List.of(0.125f, 3f)));

  @TempDir Path folder;

  @BeforeEach
  void writeConfiguration() throws IOException {
    Files.writeString(
        folder.resolve("run.conf"),
        """
        data {
          train_input_pattern = "%1$s/none/*.tfrecord"
          valid_input_pattern = "%1$s/none/*.tfrecord"
          train_batch_size = 4
          valid_batch_size = 4
          features {
            context { query_length { dtype = float32, default = 0 } }
            example {
              bm25 { dtype = float32, default = 0 }
              clicks { dtype = float32, shape = [2], default = 0 }
            }
            label { name = utility, dtype = int64, default = -1 }
          }
        }
        model { scorer { type = dnn, hidden_layer_dims = [4, 3], input_batch_norm = true } }
        pipeline { model_dir = "%1$s/model", num_epochs = 1, loss = softmax_loss }
        """
            .formatted(folder));
  }

  @Test
  void anImportedModelScoresAsTfRankingDid() throws IOException {
    CommandRun run = imported("tf_ranking", "--output", folder.resolve("out").toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .endsWith(
            "nothing is left over%nimported %s%n      to %s%n"
                .formatted(GOLDEN.resolve("tf_ranking"), folder.resolve("out")));
    float[] scores =
        SavedRankingModel.load(folder.resolve("out").toString())
            .predict(Map.of("query_length", 3f), ITEMS);
    assertThat(scores).containsExactly(scores(), within(1e-5f));
  }

  @Test
  void aDryRunPrintsTheTableAlone() {
    CommandRun run = imported("checkpoints/ckpt-3", "--dry-run");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsSequence(
            "layer tensor shape",
            "input_batch_norm batch_normalization/beta [4]",
            "input_batch_norm batch_normalization/gamma [4]",
            "input_batch_norm batch_normalization/moving_mean [4]",
            "input_batch_norm batch_normalization/moving_variance [4]",
            "hidden_1 dense/bias [4]",
            "hidden_1 dense/kernel [4, 4]",
            "hidden_1_batch_norm batch_normalization_1/beta [4]")
        .endsWith("score_head dense_2/kernel [3, 1]", "", "nothing is left over");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatDoesNotFitIsSaidInOneLine() {
    CommandRun run =
        imported("tf_ranking.h5", "--dry-run", "--set", "model.scorer.hidden_layer_dims=[4]");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: %s: the model takes 2 dense layers (hidden_1, score_head), the file has 3"
                    .formatted(GOLDEN.resolve("tf_ranking.h5"))
                + " dense layers (dense")
        .contains("; hidden_layer_dims = [4, 3] would fit the file");
  }

  @Test
  void onlyTowersAreImported() throws IOException {
    Path configuration = folder.resolve("run.conf");
    assertThat(imported("tf_ranking").err())
        .startsWith("rankline: --output is needed; --dry-run does without");
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replaceFirst("scorer [{][^}]*}", "scorer { type = transformer }"));

    CommandRun run = imported("tf_ranking", "--dry-run");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: --config %s has another scorer than dnn; weights can be taken for scorer {"
                    .formatted(configuration)
                + " type = dnn } alone");
  }

  /** Packed by gzip: Spark's jars are there. */
  @Test
  void aPackedFileIsRead() {
    CommandRun run =
        imported(
            "packed.weights.h5",
            "--dry-run",
            "--set",
            "model.scorer.use_batch_norm=false",
            "--set",
            "model.scorer.input_batch_norm=false");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("nothing is left over");
  }

  @Test
  void anotherOrderOfFeaturesIsTaken() {
    CommandRun run =
        imported("tf_ranking", "--dry-run", "--feature-order", "bm25,clicks,query_length");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("the first layer's rows were put in the order of the model's features");
    assertThat(imported("tf_ranking", "--dry-run", "--feature-order", "clicks_{1..2}").err())
        .startsWith(
            "rankline: %s: feature order must name each feature of the model once: 'clicks_1' is no"
                    .formatted(GOLDEN.resolve("tf_ranking"))
                + " feature; 'clicks_2' is no feature; it lacks query_length, bm25, clicks");
  }

  private CommandRun imported(String weights, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "import",
                "--weights",
                GOLDEN.resolve(weights).toString(),
                "--config",
                folder.resolve("run.conf").toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray());
  }

  private static float[] scores() throws IOException {
    List<String> lines =
        Files.readAllLines(GOLDEN.resolve("tf_ranking.csv")).stream()
            .filter(line -> line.startsWith("tf_ranking;"))
            .toList();
    float[] scores = new float[lines.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Float.parseFloat(lines.get(i).split(";", -1)[3]);
    }
    return scores;
  }
}
