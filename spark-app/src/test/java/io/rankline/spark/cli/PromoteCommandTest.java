package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A shop's log in two countries; grades follow the price. */
class PromoteCommandTest {

  private static final int QUERIES = 240;

  @TempDir static Path folder;

  /** A folder of its own for each test. */
  private Path serving = Path.of("/");

  @BeforeEach
  void choose(TestInfo test) {
    serving = folder.resolve(test.getTestMethod().orElseThrow().getName());
  }

  @BeforeAll
  static void train() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder log = new StringBuilder("qid,country,grade,price,stock\n");
    for (int q = 0; q < QUERIES; q++) {
      for (int i = 0; i < 6; i++) {
        double price = random.nextDouble();
        log.append(
            String.format(
                Locale.ROOT,
                "q%d,%s,%d,%.4f,%.4f%n",
                q,
                q % 3 == 0 ? "fr" : "de",
                (int) (3 * price),
                price,
                random.nextDouble()));
      }
    }
    Path csv = Files.writeString(folder.resolve("log.csv"), log);
    CommandRun converted =
        CommandRun.of(
            "convert",
            "--from",
            "csv",
            "--to",
            "elwc",
            "--input",
            csv,
            "--output",
            folder.resolve("data"),
            "--query-column",
            "qid",
            "--label-column",
            "grade",
            "--context-columns",
            "country");
    assertThat(converted.status()).as(converted.err()).isZero();
    train("weak", "pipeline.learning_rate=1e-9");
    train("good", "pipeline.learning_rate=0.05");
  }

  @Test
  void aBetterModelTakesThePlaceOfTheOneThatServesAndIsTakenBack() throws IOException {
    CommandRun first = promote("weak");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("serving   none", "note: no model serves yet: there is nothing to compare with")
        .endsWith("promoted to %s/1%n".formatted(serving));

    CommandRun dry = promote("good", "--slices", "country", "--dry-run");
    assertThat(dry.status()).as(dry.out()).isZero();
    assertThat(dry.out())
        .containsPattern("all +240 +0\\.\\d+ +\\d\\.\\d+ +0\\.\\d+  \\+0")
        .containsPattern("country=de +160 ")
        .containsPattern("country=\\(small ones\\) +80 ")
        .endsWith("would be promoted%n".formatted());
    assertThat(serving.resolve("2")).doesNotExist();

    CommandRun second = promote("good", "--output", folder.resolve("why"));
    assertThat(second.status()).as(second.out()).isZero();
    assertThat(serving.resolve("2/ranking_model.json"))
        .hasSameBinaryContentAs(folder.resolve("good/export/latest_model/ranking_model.json"));
    JsonNode decision = new ObjectMapper().readTree(folder.resolve("why/decision.json").toFile());
    assertThat(decision.get("promoted").booleanValue()).isTrue();
    assertThat(decision.get("results").get(0).get("candidate").doubleValue()).isGreaterThan(0.95);
    assertThat(folder.resolve("why/decision.html")).content().contains("promoted", "Comparison");

    CommandRun back = CommandRun.of("promote", "--serving", serving, "--rollback");
    assertThat(back.out()).isEqualTo("version 1 serves again%n".formatted());
  }

  @Test
  void aRollbackThatIsToBeADryRunChangesNothing() throws IOException {
    assertThat(promote("good").status()).isZero();

    CommandRun run =
        CommandRun.of(
            "promote", "--serving", serving, "--rollback", "--dry-run", "--metric", "map");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: --rollback decides nothing and goes with --serving alone, got --metric,"
                + " --dry-run\n");
    assertThat(serving.resolve("1/ranking_model.json")).exists();
  }

  @Test
  void aModelThatIsNotBetterIsNotPromotedAndTheStatusSaysSo() throws IOException {
    assertThat(promote("good").status()).isZero();

    CommandRun again = promote("good");
    CommandRun worse = promote("weak");

    assertThat(again.status()).isEqualTo(3);
    assertThat(again.out())
        .endsWith("stopped: it is not better than the serving model%nnot promoted%n".formatted());
    assertThat(worse.status()).isEqualTo(3);
    assertThat(serving.resolve("2")).doesNotExist();
  }

  @Test
  void aCandidateThatReadsOtherFeaturesIsStoppedUnlessThatIsAllowed() throws IOException {
    train("narrow", "pipeline.learning_rate=1e-9", "data.features.example.price=null");
    assertThat(promote("narrow").status()).isZero();

    CommandRun stopped = promote("good");
    CommandRun allowed = promote("good", "--other-features");

    assertThat(stopped.status()).isEqualTo(3);
    assertThat(stopped.out())
        .contains(
            "stopped: it reads the item feature 'price', which the serving model does not: requests"
                + " may lack it; let requests send it, then allow other features");
    assertThat(allowed.status()).as(allowed.out() + allowed.err()).isZero();
  }

  @Test
  void whatMakesNoSenseIsToldInALine() {
    assertThat(CommandRun.of("promote", "--serving", folder).err())
        .startsWith("rankline: --candidate and --data go together; or say --rollback");
    assertThat(
            CommandRun.of(
                    "promote", "--serving", serving, "--candidate", "x", "--data", "csv:log.csv")
                .err())
        .startsWith(
            "rankline: --data takes files of records or of LibSVM lines, not the table"
                + " 'csv:log.csv'");
    assertThat(promote("good").status()).isZero();
    assertThat(promote("good", "--slices", "city").err())
        .isEqualTo(
            "rankline: no list of %s/data has one text or whole number as its context feature 'city'%n"
                .formatted(folder));
    assertThat(promote("good", "--metric", "ndgc@10").err())
        .startsWith("rankline: unknown metric 'ndgc'; expected one of ndcg, ");
    assertThat(promote("good", "--significance", "2").err())
        .contains("significance must be between 0 and 1, got 2.0");
  }

  private CommandRun promote(String name, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "promote",
                "--candidate",
                folder.resolve(name + "/export/latest_model"),
                "--serving",
                serving,
                "--data",
                folder.resolve("data")));
    arguments.addAll(Arrays.asList(more));
    return CommandRun.of(arguments.toArray());
  }

  private static void train(String name, String... settings) throws IOException {
    Path run =
        Files.writeString(
            folder.resolve(name + ".conf"),
            """
            data {
              train_input_pattern = "%1$s/data"
              valid_input_pattern = "%1$s/data"
              train_batch_size = 16
              valid_batch_size = 16
              list_size = 6
              features {
                example { price { dtype = float32 }, stock { dtype = float32 } }
                label { name = grade, dtype = int64, default = -1 }
              }
            }
            model { scorer { type = dnn, hidden_layer_dims = [4], dropout = 0, use_batch_norm = false } }
            pipeline { model_dir = "%1$s/%2$s", num_epochs = 5, loss = softmax_loss }
            """
                .formatted(folder, name));
    List<Object> arguments = new ArrayList<>(List.of("train", run));
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    CommandRun trained = CommandRun.of(arguments.toArray());
    assertThat(trained.status()).as(trained.err()).isZero();
  }
}
