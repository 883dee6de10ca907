package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.cluster.NoteRun.Paragraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the notes in {@code notebooks/} on a Zeppelin server, each from top to bottom. */
@Tag("cluster")
@Execution(ExecutionMode.SAME_THREAD)
class NotebooksTest {

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER) static Path folder;

  private static final Map<String, NoteRun> RUNS = new TreeMap<>();

  @BeforeAll
  static void runAll() throws IOException {
    Map<String, String> properties =
        Map.of(
            "SPARK_HOME", SparkHome.make().folder().toString(),
            "spark.master", "local[2]",
            "spark.jars", Built.assembledJar().toString(),
            "spark.driver.memory", "1g",
            "spark.ui.enabled", "false",
            "spark.sql.shuffle.partitions", "2",
            "zeppelin.spark.enableSupportedVersionCheck", "false");
    try (ZeppelinServer zeppelin = ZeppelinServer.start(folder.resolve("zeppelin"), properties);
        Stream<Path> files = Files.list(Built.inRepository("notebooks"))) {
      for (Path note : files.filter(file -> file.toString().endsWith(".zpln")).sorted().toList()) {
        RUNS.put(Objects.requireNonNull(note.getFileName()).toString(), zeppelin.run(note));
      }
    }
  }

  @Test
  void everyParagraphOfEveryNoteShowsWhatItsInterpreterShows() {
    assertThat(RUNS).hasSizeGreaterThanOrEqualTo(6);
    RUNS.forEach(
        (note, run) ->
            assertThat(run.paragraphs())
                .as(note)
                .allSatisfy(
                    paragraph -> {
                      assertThat(paragraph.status()).isEqualTo("FINISHED");
                      assertThat(paragraph.outputs().toString())
                          .doesNotContain("Exception", "error:", "warning:");
                      assertShows(paragraph);
                    }));
  }

  private static void assertShows(Paragraph paragraph) {
    switch (paragraph.interpreter()) {
      case "md" -> assertThat(paragraph.shown("HTML")).contains("<div class=\"markdown-body\">");
      case "sql" -> assertThat(paragraph.shown("TABLE").lines()).hasSizeGreaterThan(1);
      case "spark" -> {
        if (paragraph.text().contains("%html")) {
          assertThat(paragraph.shown("HTML"))
              .startsWith("<div class=\"rankline\"><style>")
              .containsPattern("<(svg|table)")
              .doesNotContain("no finite values");
        }
      }
      default -> throw new AssertionError("no interpreter for " + paragraph.text());
    }
  }
}
