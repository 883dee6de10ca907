package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.rankline.spark.testing.ExecutorSpark;
import io.rankline.spark.testing.OtherFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of an application that has executors. */
@Tag("executors")
class SweepOnExecutorsTest {

  private static final String MASTER = "spark.master";

  @TempDir Path folder;

  @BeforeEach
  void submit() {
    ExecutorSpark.start(2, 1, OtherFileSystem.properties());
    System.setProperty(MASTER, "local-cluster[2,1,4096]");
  }

  @AfterEach
  void end() {
    System.clearProperty(MASTER);
  }

  /** Its vocabulary lies beside the file, where no executor looks; the storage is another one. */
  @Test
  void runsAreTrainedOnExecutorsAsTheyAreTrainedHere() throws IOException {
    Path file = withTokens(SmallRun.write(folder));
    String other = OtherFileSystem.SCHEME + ":" + folder;
    Files.writeString(file, Files.readString(file).replace("\"" + folder, "\"" + other));

    CommandRun run =
        run(
            "sweep",
            file,
            "--on-executors",
            "--param",
            "pipeline.learning_rate=1e-3,1e30,1e-2",
            "--output",
            other + "/sweep");
    run("train", file, "--set", "pipeline.learning_rate=1e-2");

    assertThat(run.out())
        .startsWith(
            "3 runs in %s/sweep, 2 at a time, on executors, cores of each: 1\n".formatted(other));
    assertThat(run.err())
        .containsPattern("run 2 has ended: failed: the (loss|update) of step \\d+ ")
        .contains("run 1 is done", "run 3 is done");
    JsonNode trials = json(folder.resolve("sweep/sweep.json")).get("trials");
    assertThat(trials).hasSize(3);
    Path trial = folder.resolve("sweep").resolve(folderOf(trials, "1e-2"));
    assertThat(trial.resolve("export/best_model_by_metric")).isNotEmptyDirectory();
    assertThat(logs(history(trial))).isEqualTo(logs(history(folder.resolve("model"))));
    assertThat(trial.resolve("train.log"))
        .content()
        .containsPattern("on executor \\d on .*\nepoch 1/2 ");

    CommandRun again =
        run(
            "sweep",
            file,
            "--on-executors",
            "--param",
            "pipeline.learning_rate=1e-3,1e-2",
            "--output",
            other + "/sweep");
    assertThat(again.err()).contains("run 1 was done");
  }

  @Test
  void aRunWhoseExecutorIsKilledGoesOnOnAnotherOne() throws Exception {
    Path file = SmallRun.write(folder);
    Object[] words = {
      "sweep",
      file,
      "--on-executors",
      "--parallel",
      2,
      "--param",
      "pipeline.seed=1,2",
      "--set",
      "pipeline.num_epochs=60",
      "--output",
      folder.resolve("sweep")
    };
    List<ProcessHandle> executors =
        new ArrayList<>(
            ExecutorSpark.processes(ExecutorSpark.start(2, 1, OtherFileSystem.properties()), 2)
                .values());

    CompletableFuture<CommandRun> sweep = CompletableFuture.supplyAsync(() -> CommandRun.of(words));
    while (histories().size() < 2) {
      assertThat(sweep).isNotDone();
      Thread.sleep(5);
    }
    ExecutorSpark.signal("KILL", executors.get(0));
    CommandRun run = sweep.get(3, TimeUnit.MINUTES);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(executors.get(0).isAlive()).isFalse();
    assertThat(run.err()).contains("run 1 is done", "run 2 is done");
    List<JsonNode> alone = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      String model = "pipeline.model_dir=" + folder.resolve("alone-" + seed);
      run(
          "train",
          file,
          "--set",
          "pipeline.num_epochs=60",
          "--set",
          "pipeline.seed=" + seed,
          "--set",
          model);
      alone.add(logs(history(folder.resolve("alone-" + seed))));
    }
    List<JsonNode> found = new ArrayList<>();
    for (Path history : histories()) {
      found.add(logs(history));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(alone);
  }

  @Test
  void runsOfAStrategyForClustersHaveAllExecutorsOneAfterTheOther() throws IOException {
    Object[] words = {
      "sweep",
      SmallRun.write(folder),
      "--set",
      "pipeline.strategy=MultiWorkerMirroredStrategy",
      "--param",
      "pipeline.learning_rate=1e-3,1e30",
      "--output",
      folder.resolve("sweep")
    };

    CommandRun run = run(words);

    assertThat(run.out())
        .startsWith(
            "2 runs in %s, 1 at a time, each on all executors\n"
                .formatted(folder.resolve("sweep")));
    assertThat(run.err())
        .contains("run 1 is done")
        .containsPattern("run 2 has ended: failed: step \\d+ failed on replica");
    assertThat(run(words).err()).contains("run 1 was done");
  }

  @Test
  void whatDoesNotGoTogetherIsToldBeforeAnythingIsDone() throws IOException {
    Path file = SmallRun.write(folder);
    String strategy = "pipeline.strategy=MultiWorkerMirroredStrategy";
    String rates = "pipeline.learning_rate=1e-3,1e-2";

    CommandRun both =
        CommandRun.of("sweep", file, "--on-executors", "--set", strategy, "--param", rates);
    CommandRun two =
        CommandRun.of("sweep", file, "--parallel", 2, "--set", strategy, "--param", rates);
    CommandRun drawn =
        CommandRun.of("sweep", file, "--on-executors", "--bayes", 5, "--param", rates);

    assertThat(List.of(both.status(), two.status(), drawn.status())).containsOnly(2);
    assertThat(both.err())
        .startsWith(
            "rankline: --on-executors trains each run on one executor, and strategy"
                + " MultiWorkerMirroredStrategy on all of them; leave one of the two out, the"
                + " strategy with --set pipeline.strategy=\"MirroredStrategy\"\n");
    assertThat(two.err())
        .startsWith(
            "rankline: --parallel must be 1 for strategy MultiWorkerMirroredStrategy, as each run"
                + " has all executors, got 2\n");
    assertThat(drawn.err())
        .startsWith(
            "rankline: --bayes draws as many runs at once as run side by side; say how many with"
                + " --parallel, so that the same are drawn when the sweep is started again\n");
    assertThat(folder).isDirectoryNotContaining("glob:**/{model,sweep,data}");
  }

  private static Path withTokens(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("words"));
    Files.writeString(file.resolveSibling("words/shops.txt"), "north\nsouth\n");
    return Files.writeString(
        file,
        Files.readString(file)
            .replace("  list_size = 8", "  list_size = 8, allow_absent_features = true")
            .replace("example {", "example { shop { kind = var_len, dtype = string }, ")
            .replace(
                "all_examples = log1p",
                "all_examples = log1p, embeddings { shop {"
                    + " vocabulary { file = words/shops.txt }, dimension = 2 } }"));
  }

  private static String folderOf(JsonNode trials, String rate) {
    for (JsonNode trial : trials) {
      if (trial.get("parameters").elements().next().textValue().equals(rate)) {
        String folder = trial.get("model_dir").textValue();
        return folder.substring(folder.lastIndexOf('/') + 1);
      }
    }
    throw new AssertionError("no trial of " + rate);
  }

  private List<Path> histories() throws IOException {
    Path sweep = folder.resolve("sweep");
    if (!Files.exists(sweep)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(sweep)) {
      return runs.map(SweepOnExecutorsTest::history).filter(Files::exists).toList();
    }
  }

  private static Path history(Path run) {
    return run.resolve("history.json");
  }

  /** Values of all epochs. */
  private static JsonNode logs(Path history) throws IOException {
    ArrayNode logs = new ObjectMapper().createArrayNode();
    json(history).get("epochs").forEach(epoch -> logs.add(epoch.get("logs")));
    return logs;
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static CommandRun run(Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as("%s: %s", List.of(words), run.err()).isZero();
    return run;
  }
}
