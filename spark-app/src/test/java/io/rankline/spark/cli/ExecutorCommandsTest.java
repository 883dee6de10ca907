package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.spark.testing.ExecutorSpark;
import io.rankline.spark.testing.OtherFileSystem;
import io.rankline.testing.Tolerances;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of an application that has executors. */
@Tag("executors")
class ExecutorCommandsTest {

  private static final String MASTER = "spark.master";
  private static final String STRATEGY = "pipeline.strategy=MultiWorkerMirroredStrategy";

  @TempDir Path folder;

  /** As an application of two executors has them, with a storage that only it knows. */
  @BeforeEach
  void submit() {
    ExecutorSpark.start(2, 1, OtherFileSystem.properties());
    System.setProperty(MASTER, "local-cluster[2,1,4096]");
  }

  @AfterEach
  void end() {
    System.clearProperty(MASTER);
  }

  @Test
  void executorsFindWhatTheValidationFoundOnCutListsAndBinaryLabels() throws IOException {
    Path json = folder.resolve("found.json");
    run(
        "train",
        SmallRun.write(folder),
        "--set",
        "data.list_size=4",
        "--set",
        "data.convert_labels_to_binary=true",
        "--set",
        STRATEGY);
    run(
        "evaluate",
        "--model",
        folder.resolve("model/export/latest_model"),
        "--data",
        folder.resolve("data/valid"),
        "--metrics",
        "ndcg@10",
        "--json",
        json);

    ObjectMapper mapper = new ObjectMapper();
    JsonNode epochs = mapper.readTree(folder.resolve("model/history.json").toFile()).path("epochs");
    JsonNode last = epochs.path(epochs.size() - 1).path("logs");
    assertThat(mapper.readTree(json.toFile()).path("ndcg@10").path("value").asDouble(Double.NaN))
        .isCloseTo(
            last.path("val_metric/ndcg_10").asDouble(Double.NaN), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void executorsReachAStorageThatOnlyTheApplicationKnows() throws IOException {
    String other = OtherFileSystem.SCHEME + ":" + folder;
    Path file = SmallRun.write(folder);
    Files.writeString(file, Files.readString(file).replace("\"" + folder, "\"" + other));

    run("train", file, "--set", STRATEGY);
    CommandRun model =
        run(
            "evaluate",
            "--model",
            other + "/model/export/latest_model",
            "--data",
            other + "/data/valid");

    assertThat(folder.resolve("model")).isDirectoryContaining("glob:**/history.json");
    assertThat(model.out()).contains(": 6 queries,");
  }

  @Test
  void anExecutorThatIsKilledChangesNoScore() throws Exception {
    run("train", SmallRun.write(folder));
    run("generate", "--output", folder.resolve("logs"), "--lists", 60, "--shards", 2);
    Object[] whole = score("whole");
    ProcessHandle killed =
        ExecutorSpark.processes(ExecutorSpark.start(2, 1, OtherFileSystem.properties()), 2)
            .values()
            .iterator()
            .next();

    CommandRun first = run(whole);
    CompletableFuture<CommandRun> scoring =
        CompletableFuture.supplyAsync(() -> CommandRun.of(score("broken")));
    while (parts(folder, ".broken.writing-").isEmpty()) {
      assertThat(scoring).isNotDone();
      Thread.sleep(5);
    }
    ExecutorSpark.signal("KILL", killed);
    CommandRun second = scoring.get(2, TimeUnit.MINUTES);

    assertThat(second.status()).as(second.err()).isZero();
    assertThat(killed.isAlive()).isFalse();
    assertThat(second.out().replaceAll("to .*", "")).isEqualTo(first.out().replaceAll("to .*", ""));
    List<Path> expected = parts(folder, "whole");
    List<Path> found = parts(folder, "broken");
    assertThat(found).hasSameSizeAs(expected).hasSize(12);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).hasSameBinaryContentAs(expected.get(i));
    }
  }

  private Object[] score(String output) {
    return new Object[] {
      "score",
      "--model",
      folder.resolve("model/export/latest_model"),
      "--data",
      "elwc:" + folder.resolve("logs"),
      "--to",
      "elwc",
      "--shards",
      12,
      "--output",
      folder.resolve(output)
    };
  }

  /** Files of scores in the folders whose names begin so, in their order. */
  private static List<Path> parts(Path folder, String name) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, name + "*")) {
      for (Path of : folders) {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(of, "part-*")) {
          parts.forEach(found::add);
        }
      }
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private static CommandRun run(Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as("%s: %s", List.of(words), run.err()).isZero();
    return run;
  }
}
