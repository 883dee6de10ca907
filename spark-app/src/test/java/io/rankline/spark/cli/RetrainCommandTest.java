package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.io.Lease;
import io.rankline.io.Storage;
import io.rankline.serving.SavedRankingModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop's log, a file a day; grades follow the price. */
class RetrainCommandTest {

  /** A rate of learning that changes nothing, and one that finds the price. */
  private static final String IDLE = "pipeline.learning_rate=1e-9";

  private static final String EAGER = "pipeline.learning_rate=0.05";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    day("judged", 0, 120);
    day("days/day-1", 1, 40);
    Files.writeString(
        folder.resolve("run.conf"),
        """
        data {
          train_input_pattern = "%1$s/days"
          valid_input_pattern = "%1$s/judged.txt"
          dataset_reader = libsvm
          train_batch_size = 8
          valid_batch_size = 16
          features {
            example { "custom_features_{1..2}" { dtype = float32, default = 0 } }
            label { name = utility, dtype = float32, default = -1 }
          }
        }
        model { scorer { type = dnn, hidden_layer_dims = [4], use_batch_norm = false, dropout = 0 } }
        pipeline { model_dir = "%1$s/rounds", num_epochs = 5, loss = softmax_loss }
        """
            .formatted(folder));
  }

  @Test
  void everyFileIsTrainedOnOnceOnTheWayToTheModelThatServes() throws IOException {
    CommandRun first = retrain(IDLE);
    assertThat(first.status()).as(first.out() + first.err()).isZero();
    assertThat(first.out())
        .startsWith("round 1: 1 new file%n".formatted())
        .endsWith("promoted to %s/1%n".formatted(folder.resolve("serving")));
    CommandRun again = retrain(IDLE);
    assertThat(again.status()).isZero();
    assertThat(again.out()).isEqualTo("nothing new in %s/days%n".formatted(folder));

    day("days/day-2", 2, 40);
    CommandRun idle = retrain(IDLE);
    assertThat(idle.status()).as(idle.out() + idle.err()).isEqualTo(3);
    assertThat(idle.out())
        .endsWith("not promoted; the next round has these files and newer ones%n".formatted());
    assertThat(files(2)).containsExactly("day-2.txt");

    day("days/day-3", 3, 40);
    CommandRun better = retrain(EAGER, "--ok-if-not-promoted");
    assertThat(better.status()).as(better.out() + better.err()).isZero();
    assertThat(better.out()).startsWith("round 3: 2 new files%n".formatted());
    assertThat(files(3)).containsExactly("day-2.txt", "day-3.txt");
    assertThat(folder.resolve("serving/2")).isNotEmptyDirectory();
    assertThat(folder.resolve("rounds/round-3/decision.json")).exists();
    assertThat(rounds().findValuesAsText("outcome"))
        .containsExactly("PROMOTED", "NOT_PROMOTED", "PROMOTED");
    assertThat(rounds().get(2).get("from")).isEqualTo(rounds().get(0).get("model"));

    CommandRun.of("promote", "--serving", folder.resolve("serving"), "--rollback");
    assertThat(retrain(EAGER).out()).startsWith("round 4: 2 new files%n".formatted());
  }

  @Test
  void aRoundThatWasKilledGoesOnWithItsFilesAndEndsAsIfItHadNotBeen() throws Exception {
    // Long enough to be killed within.
    String long60 = "pipeline.num_epochs=60";
    Process process = start(EAGER, "--set", long60);
    try (BufferedReader said = process.errorReader()) {
      String line = said.readLine();
      while (line != null && !line.startsWith("epoch 4/60")) {
        line = said.readLine();
      }
      assertThat(line).as("an epoch before the end").isNotNull();
    }
    process.destroyForcibly().waitFor();
    assertThat(folder.resolve("serving/1")).doesNotExist();
    day("days/day-2", 2, 40);

    CommandRun on = retrain(EAGER, "--set", long60);

    assertThat(on.status()).as(on.out() + on.err()).isZero();
    assertThat(on.out())
        .startsWith(
            "round 1 goes on, with 1 new file%n1 new file for the next round%n".formatted());
    Path unbroken = folder.resolve("unbroken");
    CommandRun whole =
        CommandRun.of(
            "train",
            folder.resolve("run.conf"),
            "--set",
            EAGER,
            "--set",
            long60,
            "--set",
            "data.train_input_pattern=\"%s/days/day-1.txt\"".formatted(folder),
            "--set",
            "pipeline.model_dir=\"%s\"".formatted(unbroken));
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(scores(folder.resolve("serving/1")))
        .isEqualTo(scores(unbroken.resolve("export/latest_model")));
    assertThat(retrain(EAGER).out()).startsWith("round 2: 1 new file%n".formatted());
    assertThat(files(2)).containsExactly("day-2.txt");
  }

  @Test
  void aRoundThatWasKilledAfterItsModelCameToServeIsNotRepeated() throws IOException {
    assertThat(retrain(EAGER).status()).isZero();
    // What stands there between the two.
    Path file = folder.resolve("rounds/rounds.json");
    Files.writeString(file, Files.readString(file).replace("\"PROMOTED\"", "\"OPEN\""));

    CommandRun again = retrain(EAGER);

    assertThat(again.out()).isEqualTo("nothing new in %s/days%n".formatted(folder));
    assertThat(rounds().findValuesAsText("outcome")).containsExactly("PROMOTED");
  }

  @Test
  void aFileThatHasGrownIsTrainedOnAgainAndSaidSo() throws IOException {
    assertThat(retrain(IDLE).status()).isZero();
    day("days/day-1", 1, 50);

    assertThat(retrain(IDLE).out())
        .startsWith(
            "note: has another length than when it was trained on: file:%s/days/day-1.txt%nround 2"
                .formatted(folder));
  }

  @Test
  void aModelFromElsewhereHasSeenWhatIsSaid() throws IOException {
    assertThat(retrain(IDLE).status()).isZero();
    String other = "pipeline.model_dir=\"%s/other\"".formatted(folder);
    day("days/day-2", 2, 40);

    CommandRun unknown = retrain(EAGER, "--set", other);
    CommandRun known = retrain(EAGER, "--set", other, "--seen", folder.resolve("days/day-1.txt"));

    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith(
            "rankline: %s/serving/1 was trained by no round of this model_dir; say with --seen which"
                    .formatted(folder)
                + " files it was trained on, or --seen none");
    assertThat(known.status()).as(known.out() + known.err()).isZero();
    assertThat(known.out()).startsWith("round 1: 1 new file%n".formatted());
  }

  @Test
  void aRoundThatCannotEndIsGivenUpWhenThatIsSaid() throws IOException {
    Files.writeString(folder.resolve("days/day-2.txt"), "no line of LibSVM");
    assertThat(retrain(IDLE).status()).isEqualTo(1);
    Files.delete(folder.resolve("days/day-2.txt"));
    assertThat(retrain(IDLE).err()).contains("day-2.txt");

    CommandRun anew = retrain(IDLE, "--anew");

    assertThat(anew.status()).as(anew.out() + anew.err()).isZero();
    assertThat(anew.out()).startsWith("round 1 is given up%nround 2: 1 new file%n".formatted());
  }

  @Test
  void dataOfTheGateThatIsNotThereIsToldBeforeTheTraining() {
    CommandRun run =
        CommandRun.of(
            "retrain",
            folder.resolve("run.conf"),
            "--serving",
            folder.resolve("serving"),
            "--data",
            folder.resolve("judgd.txt"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("round 1: 1 new file%n".formatted());
    assertThat(run.err()).startsWith("rankline: '%s/judgd.txt' names no file".formatted(folder));
    assertThat(folder.resolve("rounds/round-1")).doesNotExist();
    assertThat(retrain(EAGER).out()).startsWith("round 1 goes on, with 1 new file%n".formatted());
  }

  @Test
  void ofTwoRoundsAtOnceTheSecondIsToldWhoIsThereAndPromotesNothing() throws IOException {
    Path rounds = folder.resolve("rounds");
    Storage storage = Storage.ofClassPath();
    storage.folder(rounds.toString()).create();
    String inUse =
        "rankline: %s \\Q%s\\E is in use by process %s on \\S+, begun at \\S+; name another"
            + " folder, or wait until it has ended\n";
    long process = ProcessHandle.current().pid();

    try (Lease first = Lease.take(storage.folder(rounds.toString()), "model_dir")) {
      CommandRun second = retrain(EAGER);

      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).matches(inUse.formatted("model_dir", rounds, process));
      first.requireHeld();
    }
    Path serving = folder.resolve("serving");
    try (Lease other = Lease.take(storage.folder(serving.toString()), "--serving")) {
      CommandRun late = retrain(EAGER);

      assertThat(late.status()).isEqualTo(1);
      assertThat(late.err().lines().toList().get((int) late.err().lines().count() - 1) + "\n")
          .matches(inUse.formatted("--serving", serving, process));
      other.requireHeld();
    }
    assertThat(serving.resolve("1")).doesNotExist();
    assertThat(retrain(EAGER).out()).startsWith("round 1 goes on, with 1 new file%n".formatted());
    assertThat(serving.resolve("1")).exists();
    assertThat(serving.resolve("2")).doesNotExist();
  }

  @Test
  void aModelOfOtherLayersIsToldHowItComesToServe() throws IOException {
    retrain(IDLE);
    day("days/day-2", 2, 40);

    CommandRun other = retrain(IDLE, "--set", "model.scorer.hidden_layer_dims=[5]");

    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err())
        .startsWith(
            "rankline: warm_start %s/1 is another model: ".formatted(folder.resolve("serving")))
        .endsWith(
            "; only a model with the same features and layers can be trained on. Begin without"
                + " warm_start; where retrain goes on from what serves, train the other model once"
                + " and promote it%n".formatted());
    assertThat(folder.resolve("serving/2")).doesNotExist();
  }

  @Test
  void theGateTakesNoFileThatIsTrainedOn() {
    CommandRun run =
        CommandRun.of(
            "retrain",
            folder.resolve("run.conf"),
            "--serving",
            folder.resolve("serving"),
            "--data",
            folder.resolve("days"));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: --data '%1$s/days' has a file that is trained on, 'file:%1$s/days/day-1.txt', and the gate needs others\n"
                .formatted(folder));
    assertThat(folder.resolve("rounds/round-1")).doesNotExist();
  }

  private CommandRun retrain(String setting, Object... more) {
    return CommandRun.of(words(setting, more).toArray());
  }

  private List<Object> words(String setting, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "retrain",
                folder.resolve("run.conf"),
                "--set",
                setting,
                "--serving",
                folder.resolve("serving"),
                "--data",
                folder.resolve("judged.txt")));
    words.addAll(Arrays.asList(more));
    return words;
  }

  private Process start(String setting, Object... more) throws IOException {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RankingApp.class.getName());
    return new ProcessBuilder(
            Stream.concat(java, words(setting, more).stream().map(String::valueOf)).toList())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static float[] scores(Path model) throws IOException {
    return SavedRankingModel.load(model.toString())
        .predict(
            Map.of(),
            List.of(
                Map.of("custom_features_1", 0.25, "custom_features_2", 0.5),
                Map.of("custom_features_1", 0.75, "custom_features_2", 0.125)));
  }

  /** The names of a round's files. */
  private List<String> files(int round) throws IOException {
    return rounds().get(round - 1).get("files").findValuesAsText("path").stream()
        .map(path -> path.replaceFirst(".*/", ""))
        .toList();
  }

  private JsonNode rounds() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("rounds/rounds.json").toFile()).get("rounds");
  }

  /** Queries of six items, as LibSVM. */
  private void day(String name, int seed, int queries) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder lines = new StringBuilder();
    for (int q = 0; q < queries; q++) {
      for (int i = 0; i < 6; i++) {
        double price = random.nextDouble();
        lines.append(
            String.format(
                Locale.ROOT,
                "%d qid:%d 1:%.4f 2:%.4f%n",
                (int) (3 * price),
                1000 * seed + q,
                price,
                random.nextDouble()));
      }
    }
    Path file = folder.resolve(name + ".txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
  }
}
