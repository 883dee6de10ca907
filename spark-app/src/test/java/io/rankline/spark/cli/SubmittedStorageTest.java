package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.ExecutorSpark;
import io.rankline.spark.testing.OtherFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands on files of a storage that only {@code spark.hadoop.…} properties make known. No other
 * test's Spark session is there, which might know it.
 */
class SubmittedStorageTest {

  @TempDir Path folder;

  /** As spark-submit does. */
  @BeforeEach
  void submit() {
    ExecutorSpark.stop();
    OtherFileSystem.properties().forEach(System::setProperty);
  }

  @AfterEach
  void end() {
    OtherFileSystem.properties().keySet().forEach(System::clearProperty);
    ExecutorSpark.stop();
  }

  @Test
  void everyCommandReachesItWithoutSpark() throws IOException {
    run("train", configuration());
    run("generate", "--output", other("logs"), "--lists", 4, "--shards", 2);
    run("inspect", other("logs"));
    run("export", "--model-dir", other("model"), "--output", other("served"));
    CommandRun model = run("evaluate", "--model", other("served"), "--data", other("data/valid"));
    Files.writeString(folder.resolve("scores.tsv"), "qid\tlabel\tscore\n1\t1\t2\n1\t0\t1\n");
    CommandRun scores = run("evaluate", "--predictions", "other://" + folder + "/scores.tsv");

    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
    assertThat(folder.resolve("logs")).isNotEmptyDirectory();
    assertThat(folder.resolve("model")).isDirectoryContaining("glob:**/history.json");
    assertThat(folder.resolve("model"))
        .isDirectoryRecursivelyContaining("glob:**/events.out.tfevents*");
    assertThat(model.out()).contains(": 6 queries,");
    assertThat(scores.out()).contains(": 1 queries,");

    run(
        "convert",
        "--from",
        "elwc",
        "--to",
        "libsvm",
        "--input",
        other("logs"),
        "--output",
        other("text"));
    assertThat(folder.resolve("text")).isNotEmptyDirectory();
  }

  @Test
  void withoutThePropertiesItIsUnknown() {
    OtherFileSystem.properties().keySet().forEach(System::clearProperty);

    CommandRun run = CommandRun.of("inspect", other("logs"));

    assertThat(run.err())
        .isEqualTo(
            "rankline: No FileSystem for scheme \"other\"; put its connector on the class path:"
                + " RANKLINE_STORES or RANKLINE_CLASSPATH for deploy/local/rankline, --jars for"
                + " spark-submit (docs/stores.md)\n");
  }

  private Path configuration() throws IOException {
    Path file = SmallRun.write(folder);
    return Files.writeString(file, Files.readString(file).replace("\"" + folder, "\"" + other("")));
  }

  private String other(String name) {
    return OtherFileSystem.SCHEME + ":" + folder + (name.isEmpty() ? "" : "/" + name);
  }

  private static CommandRun run(Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as("%s: %s", List.of(words), run.err()).isZero();
    return run;
  }
}
