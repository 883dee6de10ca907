package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.rankline.cluster.NoteRun.Paragraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

  @TempDir static Path folder;

  private static final Map<String, NoteRun> RUNS = new TreeMap<>();

  @BeforeAll
  static void runAll() throws IOException {
    Map<String, String> properties =
        Map.of(
            "SPARK_HOME", SparkHome.make().folder().toString(),
            "spark.master", "local[2]",
            "spark.jars", Built.assembledJar().toString(),
            "spark.driver.memory", "1g",
            "spark.driver.extraJavaOptions",
                "-XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxphysicalbytes=0",
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

  @Test
  void aLogIsExploredAndWrittenAsRecords() {
    NoteRun run = run("01-explore");

    assertThat(run.rows("The log in figures").get(0)).startsWith("200");
    assertThat(run.rows("Items by grade"))
        .extracting(row -> row.get(0))
        .containsExactly("0", "1", "2", "3", "4");
    String chart = run.shown("Which feature ranks best?", "HTML");
    double random = numbers(chart, "a random order has ([\\d.]+)").get(0);
    assertThat(numbers(chart, "<title>\\w+: ([\\d.]+)</title>"))
        .hasSize(10)
        .isSortedAccordingTo(Comparator.reverseOrder())
        .first(DOUBLE)
        .isGreaterThan(random);
    assertThat(run.shown("Write and read", "TEXT")).contains("|-- clicks: array", "|-- qid: long");
    assertThat(run.shown("All features in one array an item", "TEXT"))
        .containsPattern("query 1: \\d+ items with 10 features each");
  }

  @Test
  void aTrainingIsWatchedAndItsModelHeldAgainstOtherOrders() {
    NoteRun run = run("02-train");

    assertThat(run.shown("Train", "TEXT")).contains("epoch 1/12", "epoch 12/12");
    assertThat(run.shown("Curves", "HTML")).contains("<figcaption>Loss</figcaption>");
    assertThat(run.rows("Loss by epoch")).hasSize(24);
    String table = run.shown("Beside other orders, and list by list", "HTML");
    assertThat(numbers(table, "this model.*?([\\d.]{6})").get(0))
        .isGreaterThan(numbers(table, "random order.*?([\\d.]{6})").get(0));
  }

  @Test
  void lossesAreComparedQueryByQuery() {
    NoteRun run = run("03-compare-losses");

    assertThat(run.rows("Means"))
        .hasSize(3)
        .allSatisfy(row -> assertThat(Double.parseDouble(row.get(1))).isBetween(0.6, 1.0));
    assertThat(run.shown("Is the difference more than chance?", "HTML"))
        .contains("p, randomization test", "<td class=\"text\">approx_ndcg_loss</td>");
    long queries =
        run.rows("Queries won").stream().mapToLong(row -> Long.parseLong(row.get(1))).sum();
    assertThat(run.shown("A value for each query", "TEXT")).contains(3 * queries + " values");
  }

  @Test
  void aGridIsCrossValidatedInFoldsOfWholeQueries() {
    NoteRun run = run("04-cross-validate");

    assertThat(
            run.rows("Folds of whole queries").stream()
                .mapToInt(row -> Integer.parseInt(row.get(1)))
                .sum())
        .isEqualTo(120);
    assertThat(run.rows("Mean NDCG@10 over the folds")).hasSize(4);
    assertThat(numbers(run.shown("Best first", "HTML"), "<td class=\"number\">(0\\.\\d{4})</td>"))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void theScoresOfAGamAreTheSumsOfTheirParts() {
    NoteRun run = run("05-explain");

    assertThat(run.shown("Importance", "HTML"))
        .contains("<figcaption>What is lost when a feature's values are permuted</figcaption>");
    assertThat(
            numbers(run.shown("What each feature adds", "HTML"), ", spread ([\\d.]+)</figcaption>"))
        .hasSize(10);
    String[] rows =
        run.shown("The first items of a query, and what their scores are made of", "HTML")
            .split("<tr>", -1);
    assertThat(rows).hasSize(8);
    for (int r = 2; r < rows.length; r++) {
      List<Double> cells = numbers(rows[r], "<td class=\"number\">([-+\\d.]+)</td>");
      double sum = cells.subList(2, cells.size()).stream().mapToDouble(Double::doubleValue).sum();
      assertThat(sum).isCloseTo(cells.get(1), within(11 * 0.0005));
    }
  }

  @Test
  void newLogsAreScored() {
    NoteRun run = run("06-score");

    assertThat(run.rows("Joined by query and item, they are the answer"))
        .hasSize(9)
        .extracting(row -> row.get(1))
        .containsExactly("1", "2", "3", "1", "2", "3", "1", "2", "3");
    assertThat(run.shown("Requests one by one", "TEXT"))
        .contains("the same scores as on the executors: true");
  }

  private static NoteRun run(String note) {
    return Objects.requireNonNull(RUNS.get(note + ".zpln"), note);
  }

  private static List<Double> numbers(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(match -> Double.parseDouble(match.group(1)))
        .toList();
  }

  private static void assertShows(Paragraph paragraph) {
    switch (paragraph.interpreter()) {
      case "md" -> assertThat(paragraph.shown("HTML")).contains("<div class=\"markdown-body\">");
      case "sql" -> assertThat(paragraph.shown("TABLE").lines()).hasSizeGreaterThan(1);
      case "spark" -> {
        if (paragraph.text().contains("%html")) {
          assertThat(paragraph.shown("HTML"))
              .startsWith("<div class=\"rankline\"><style>")
              .endsWith("</div>\n\n")
              .containsPattern("<(svg|table)")
              .doesNotContain("no finite values");
        }
      }
      default -> throw new AssertionError("no interpreter for " + paragraph.text());
    }
  }
}
