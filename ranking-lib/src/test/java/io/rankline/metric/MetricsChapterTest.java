package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.metric.evaluation.EmptyLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the chapter "Metrics" of docs/losses-and-metrics.md against the code. */
class MetricsChapterTest {

  private static final Path PAGE = Path.of("..", "docs", "losses-and-metrics.md");

  /** The example that the chapter works through: one list, no weights. */
  private static final ScoredList EXAMPLE =
      ScoredList.of(new double[] {0, 2, 1, 0, 1}, new double[] {0.9, 0.7, 0.4, 0.2, 0.1});

  private static String chapter() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n## Metrics\n");
    assertThat(start).as("chapter in " + PAGE).isNotNegative();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static String section(MetricKey key) throws IOException {
    String chapter = chapter();
    int start = chapter.indexOf("\n### `" + key.wireName() + "`");
    assertThat(start).as("section on " + key.wireName()).isNotNegative();
    int end = chapter.indexOf("\n### ", start + 1);
    return chapter.substring(start, end < 0 ? chapter.length() : end);
  }

  /** A row of the overview, as the code has it. */
  private static String row(MetricKey key) {
    RankingMetric metric = key.withDefaults();
    int topn = metric.depth();
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            key.wireName(),
            !key.hasTopn() ? "–" : topn == RankingMetric.WHOLE_LIST ? "whole list" : topn,
            key.parameters().isEmpty()
                ? "–"
                : key.parameters().stream()
                    .map(parameter -> "`" + parameter + "`")
                    .collect(Collectors.joining(", ")),
            metric.perfectIsOne()
                ? "0 to 1"
                : metric.direction() == RankingMetric.Direction.LOWER_IS_BETTER
                    ? "lower is better"
                    : "unbounded",
            value(metric),
            key.hasTopn() ? value(key.withTopn(2)) : "–");
  }

  private static String value(RankingMetric metric) {
    double value = metric.value(new Ranking().rank(EXAMPLE, metric));
    return String.format(Locale.ROOT, "%.4f", value);
  }

  @ParameterizedTest
  @EnumSource
  void theOverviewHasEveryMetricAsItIs(MetricKey key) throws IOException {
    assertThat(chapter().lines()).contains(row(key));
  }

  @Test
  void theOverviewHasNoOtherMetric() throws IOException {
    List<String> keys =
        chapter()
            .lines()
            .map(Pattern.compile("\\| `(\\w+)` \\|.*\\|.*\\|.*\\|.*\\|.*\\|")::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .toList();

    assertThat(keys)
        .containsExactly(
            Stream.of(MetricKey.values()).map(MetricKey::wireName).toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void everyMetricHasFormulaUseAndReference(MetricKey key) throws IOException {
    assertThat(section(key))
        .contains(key.withDefaults().getClass().getSimpleName())
        .contains("```\nm = ")
        .contains("\nUse it ")
        .contains("\nReference: ");
    for (String parameter : key.parameters()) {
      assertThat(section(key)).contains("`" + parameter + "`");
    }
  }

  @Test
  void everyMetricThatIsWrittenOutCanBeRead() throws IOException {
    Matcher written =
        Pattern.compile("`(\\w+(?:@\\w+)?\\([^`)]*=[^`)]*\\)|\\w+@\\w+)`").matcher(chapter());
    int read = 0;
    while (written.find()) {
      if (!written.group(1).startsWith("key@topn")) {
        assertThat(RankingMetric.parse(written.group(1)).name()).isNotEmpty();
        read++;
      }
    }

    assertThat(read).isGreaterThan(5);
  }

  @Test
  void everyWayToCountEmptyListsIsExplained() throws IOException {
    for (EmptyLists empties : EmptyLists.values()) {
      assertThat(chapter()).contains("`" + empties.name() + "`");
    }
  }

  @Test
  void theExampleIsTheOneThatIsComputed() throws IOException {
    assertThat(chapter())
        .contains("labels `0, 2, 1, 0, 1`")
        .contains("scores `0.9, 0.7, 0.4, 0.2, 0.1`");
  }
}
