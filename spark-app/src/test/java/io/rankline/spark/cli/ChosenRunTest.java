package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.config.RunConfig;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} of a configuration without a model. */
@Tag("spark")
class ChosenRunTest {

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @Test
  void aTableIsEnoughToTrain() throws IOException {
    Path conf =
        conf(
            "data { train_input = \"csv:%s\" }\npipeline { model_dir = \"%s\", num_epochs = 1 }"
                .formatted(shop(), model()));

    CommandRun first = CommandRun.of("train", conf);
    String chosen = Files.readString(chosen());
    CommandRun second = CommandRun.of("train", conf);

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out())
        .startsWith(
            """
            chosen by what the data looks like; all of it is in %s
              features  2 of 3, without sku (an id: 200 different)
              numbers   1 as they are, log1p of 1; query_z_score beside 1, for lists of about 5 items
              network   dnn, hidden layers 64, 32, for 200 items; batches of 8 of 40 lists
              training  softmax_loss, adam, learning rate 0.003; best epoch by ndcg_10, for labels from 0 to 2
            made 40 lists of csv:%s in %s/lists
            """
                .formatted(chosen(), folder.resolve("items.csv"), model()));
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.out())
        .startsWith(
            "found what was chosen in %s; delete that file to choose anew\n".formatted(chosen()));
    assertThat(chosen).isEqualTo(Files.readString(chosen())).contains("num_epochs=1");
    // It is a whole run.
    RunConfig run = RunConfig.load(chosen(), List.of());
    assertThat(run.text()).isEqualTo(chosen);
    assertThat(run.records().examples().keySet()).containsExactly("price", "x");
    assertThat(run.hparams().modelDir()).isEqualTo(model().toString());
  }

  @Test
  void whatTheFileSaysStands() throws IOException {
    CommandRun.of("generate", "--output", folder + "/logs", "--lists", 20, "--max-list-size", 8);
    Path conf =
        conf(
            """
            data {
              train_input_pattern = "%1$s/logs/*", valid_input_pattern = "%1$s/logs/*", valid_batch_size = 4
              features {
                example { "custom_features_{1..2}" { dtype = float32, default = 0 } }
                label { name = utility, dtype = int64, default = -1 }
              }
            }
            pipeline { model_dir = "%2$s", num_epochs = 1, loss = approx_ndcg_loss, optimizer { name = sgd } }
            """
                .formatted(folder, model()));

    CommandRun trained = CommandRun.of("train", conf);

    assertThat(trained.status()).as(trained.err()).isZero();
    RunConfig run = RunConfig.load(chosen(), List.of());
    assertThat(run.records().examples().keySet())
        .containsExactly("custom_features_1", "custom_features_2");
    assertThat(run.datasetHparams().validBatchSize()).isEqualTo(4);
    assertThat(run.datasetHparams().trainBatchSize()).isEqualTo(8);
    assertThat(Files.readString(chosen())).contains("name=sgd");
    assertThat(Files.readString(chosen()))
        .contains("loss=approx_ndcg_loss")
        .doesNotContain("learning_rate")
        .doesNotContain("custom_features_3");
  }

  @Test
  void recordsAreEnoughToTrain() throws IOException {
    CommandRun.of("generate", "--output", folder + "/logs", "--lists", 20, "--max-list-size", 8);
    Path conf =
        conf(
            """
            data { train_input_pattern = "%1$s/logs/*", valid_input_pattern = "%1$s/logs/*" }
            pipeline { model_dir = "%2$s", num_epochs = 1 }
            """
                .formatted(folder, model()));

    CommandRun trained = CommandRun.of("train", conf);

    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out())
        .startsWith("chosen by what the data looks like; all of it is in %s\n".formatted(chosen()))
        .contains("  features  13");
  }

  @Test
  void aFolderForTheModelIsAskedFor() throws IOException {
    Path conf = conf("data { train_input = \"csv:items.csv\" }");

    CommandRun run = CommandRun.of("train", conf);

    assertThat(run.err())
        .isEqualTo(
            "rankline: %s: pipeline.model_dir must be a folder, which gets the model and what is chosen for it\n"
                .formatted(conf));
  }

  @Test
  void dataIsAskedFor() throws IOException {
    Path conf = conf("data { list_size = 3 }\npipeline { model_dir = \"%s\" }".formatted(model()));

    CommandRun run = CommandRun.of("train", conf);

    assertThat(run.err())
        .startsWith(
            "rankline: there is no model { ... }, and no data.train_input or"
                + " data.train_input_pattern to choose one by\n");
    assertThat(model()).doesNotExist();
  }

  @Test
  void aFaultInWhatWasChosenIsToldWithItsPlace() throws IOException {
    Files.createDirectories(model());
    Files.writeString(chosen(), "data {\n  train_batch_size = 8\n}}\n");
    Path conf =
        conf(
            "data { train_input = \"csv:items.csv\" }\npipeline { model_dir = \"%s\" }"
                .formatted(model()));

    CommandRun run = CommandRun.of("train", conf);

    assertThat(run.err())
        .isEqualTo(
            "rankline: %s: 3: unbalanced close brace '}' with no open brace (if you intended '}' to be part of a key or string value, try enclosing the key or value in double quotes)\n"
                .formatted(chosen()));
  }

  @Test
  void aLabelThatIsNowhereIsTold() throws IOException {
    Path conf =
        conf(
            "data { train_input = \"csv:%s\", features { label { name = grade } } }\n"
                    .formatted(shop())
                + "pipeline { model_dir = \"%s\" }".formatted(model()));

    CommandRun run = CommandRun.of("train", conf);

    assertThat(run.err())
        .startsWith(
            "rankline: data.features.label.name must name the label, one number an item, one of ");
  }

  private Path conf(String text) throws IOException {
    return Files.writeString(folder.resolve("run.conf"), text);
  }

  private Path model() {
    return folder.resolve("model");
  }

  private Path chosen() {
    return model().resolve("chosen.conf");
  }

  private Path shop() throws IOException {
    Random random = new Random(3);
    StringBuilder rows = new StringBuilder("query,sku,price,x,relevance\n");
    for (int i = 0; i < 200; i++) {
      rows.append("q%s,S%s,".formatted(i / 5, i))
          .append((float) Math.exp(9 * random.nextDouble()))
          .append(',')
          .append(random.nextFloat())
          .append(',')
          .append(random.nextInt(3))
          .append('\n');
    }
    return Files.writeString(folder.resolve("items.csv"), rows);
  }
}
