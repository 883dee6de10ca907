package io.rankline.metric.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.metric.MetricKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Holds the numbers of docs/coming-from.md against those that the tools printed. */
class ComingFromPageTest {

  private static final List<String> COLUMNS =
      List.of("ndcg@3", "ndcg@10", "map@3", "map@10", "mrr@3", "precision@3");

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "coming-from.md"));
  }

  /** The cells of the rows that name a tool for --like. */
  private static List<List<String>> rows() throws IOException {
    return page()
        .lines()
        .filter(line -> line.matches("\\| [^|]+ \\| `[a-z-]+` \\| [0-9–].*"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  private static List<String[]> printed() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ComingFromPageTest.class.getResourceAsStream("/golden/peers/metrics.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(2)
          .map(line -> line.split(";", -1))
          .toList();
    }
  }

  @Test
  void everyNumberIsOneThatTheToolPrinted() throws IOException {
    List<List<String>> expected = new ArrayList<>();
    for (List<String> row : rows()) {
      List<String> numbers = new ArrayList<>(row.subList(0, 2));
      String like = row.get(1).replace("`", "");
      for (String metric : COLUMNS) {
        String lists = metric.startsWith("ndcg") ? "graded" : "binary";
        numbers.add(
            printed().stream()
                .filter(cells -> cells[0].equals(row.get(0)) && cells[2].equals(like))
                .filter(cells -> cells[1].startsWith(lists) && cells[4].equals(metric))
                .findFirst()
                .map(cells -> String.format(Locale.ROOT, "%.6f", Double.valueOf(cells[5])))
                .orElse("–"));
      }
      expected.add(numbers);
    }

    assertThat(rows()).hasSameSizeAs(ToolConvention.values()).isEqualTo(expected);
  }

  @Test
  void everyToolHasASectionAndItsMetricsAreThoseOfLike() throws IOException {
    for (List<String> row : rows()) {
      ToolConvention tool = ToolConvention.ofWireName(row.get(1).replace("`", ""));

      assertThat(page()).contains("\n## " + row.get(0) + "\n");
      assertThat(tool.metrics().has(MetricKey.MRR)).isEqualTo(!row.get(6).equals("–"));
      assertThat(tool.metrics().has(MetricKey.PRECISION)).isEqualTo(!row.get(7).equals("–"));
    }
  }
}
