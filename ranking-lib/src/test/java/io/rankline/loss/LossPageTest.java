package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the chapter on losses of docs/losses-and-metrics.md against the code. */
class LossPageTest {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern PARAMETER = Pattern.compile("`([a-z_]+)` = `([^`]+)`");

  @Test
  void everyKeyHasARowAndNoRowIsUnknown() throws IOException {
    assertThat(rows().keySet())
        .containsExactlyElementsOf(Arrays.stream(LossKey.values()).map(LossKey::wireName).toList());
  }

  @ParameterizedTest
  @EnumSource
  void rowOfAKeyHasItsParametersAndDefaults(LossKey key) throws IOException {
    List<String> cells = rows().getOrDefault(key.wireName(), List.of());
    Map<String, String> written = new TreeMap<>();
    Matcher matcher = PARAMETER.matcher(cells.get(2));
    while (matcher.find()) {
      written.put(matcher.group(1), matcher.group(2));
    }

    assertThat(written).isEqualTo(key.parameters());
    assertThat(cells).hasSize(5).noneMatch(String::isBlank);
  }

  @Test
  void everyReductionHasARow() throws IOException {
    String chapter = chapter();

    for (Reduction reduction : Reduction.values()) {
      assertThat(chapter).contains("`" + reduction.wireName() + "`");
    }
  }

  /** Cells of each row of the table of keys, by key. */
  private static Map<String, List<String>> rows() throws IOException {
    String chapter = chapter();
    String table =
        chapter.substring(chapter.indexOf("### Keys"), chapter.indexOf("### Lambda weights"));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : table.lines().filter(line -> line.startsWith("| `")).toList()) {
      List<String> cells =
          Stream.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
              .map(String::strip)
              .toList();
      Matcher key = CODE.matcher(cells.get(0));
      assertThat(key.matches()).as(line).isTrue();
      rows.put(key.group(1), cells);
    }
    return rows;
  }

  private static String chapter() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "losses-and-metrics.md"));
    int start = page.indexOf("\n## Losses\n");
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }
}
