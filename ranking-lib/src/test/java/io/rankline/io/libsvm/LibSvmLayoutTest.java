package io.rankline.io.libsvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as scikit-learn, LightGBM and XGBoost write them. */
class LibSvmLayoutTest {

  private static final LibSvmLayout ZERO_BASED = new LibSvmLayout(true, null);
  private static final LibSvmLayout COUNTED = new LibSvmLayout(false, "*.query");

  private static final String FOUR_LINES =
      "2 1:0.5\n\n# comment\n0 1:1 3:7\n1\n0 2:4 # docid = 9\n";

  private static LibSvmReader counted(String lines, String counts, CorruptRecordPolicy policy)
      throws IOException {
    return new LibSvmReader(
        new ByteArrayInputStream(lines.getBytes(UTF_8)),
        "rank.train",
        COUNTED,
        QueryCounts.read(new ByteArrayInputStream(counts.getBytes(UTF_8)), "rank.train.query"),
        policy,
        fault -> {});
  }

  private static Map<Long, List<String>> queries(LibSvmReader reader) throws IOException {
    try (reader) {
      return reader.readQueries().entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  query -> query.getValue().stream().map(LibSvmItem::format).toList()));
    }
  }

  @Test
  void idsThatBeginAtZeroAreReadAsIfTheyBeganAtOne() throws CorruptRecordException {
    assertThat(LibSvmItem.parse("1 qid:3 0:5 2:7", ZERO_BASED, -1))
        .extracting(LibSvmItem::format)
        .isEqualTo("1 qid:3 1:5 3:7");
    assertThat(LibSvmItem.parse("1 qid:3 2147483646:5", ZERO_BASED, -1))
        .isNotNull()
        .extracting(LibSvmItem::format)
        .isEqualTo("1 qid:3 2147483647:5");
    assertThatThrownBy(() -> LibSvmItem.parse("1 qid:3 -1:5", ZERO_BASED, -1))
        .hasMessage("feature id must be an integer of 0 or more, got '-1'");
  }

  @Test
  void queriesAreToldByTheNumberOfTheirLines() throws IOException {
    assertThat(queries(counted(FOUR_LINES, "1\n0\n3\n", CorruptRecordPolicy.FAIL)))
        .isEqualTo(
            Map.of(
                1L, List.of("2 qid:1 1:0.5"),
                3L, List.of("0 qid:3 1:1 3:7", "1 qid:3", "0 qid:3 2:4")));
    assertThat(
            queries(counted(FOUR_LINES, "4", CorruptRecordPolicy.FAIL).numberingFrom(7)).keySet())
        .containsExactly(7L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2 | rank.train has 4 lines, and rank.train.query counts 3 in 2 queries",
        "1,2,5 | rank.train has 4 lines, and rank.train.query counts 8 in 3 queries",
        "'' | rank.train has 4 lines, and rank.train.query counts 0 in 0 queries"
      })
  void countsThatDoNotFitTheLinesAreRefusedWithBoth(String counts, String message)
      throws IOException {
    for (CorruptRecordPolicy policy : CorruptRecordPolicy.values()) {
      try (LibSvmReader reader = counted(FOUR_LINES, counts.replace(',', '\n'), policy)) {
        assertThatThrownBy(reader::readQueries).hasMessage(message);
      }
    }
  }

  @Test
  void aLineThatIsSkippedCountsAmongThoseOfItsQuery() throws IOException {
    String lines = FOUR_LINES.replace("0 1:1", "x 1:1");

    assertThat(queries(counted(lines, "2\n2\n", CorruptRecordPolicy.SKIP)))
        .isEqualTo(Map.of(1L, List.of("2 qid:1 1:0.5"), 2L, List.of("1 qid:2", "0 qid:2 2:4")));
  }

  @Test
  void aLineWithAQueryOfItsOwnContradictsTheCounts() throws IOException {
    try (LibSvmReader reader = counted("1 qid:4 1:1\n", "1", CorruptRecordPolicy.FAIL)) {
      assertThatThrownBy(reader::next)
          .hasMessage(
              "rank.train: line 1 at byte 0: has a query, 'qid:4', although *.query counts them;"
                  + " leave one of them out");
    }
  }

  @ParameterizedTest
  @CsvSource({"x", "-1", "1.5", "'1 2'"})
  void whatIsNoCountIsToldWithItsLine(String count) {
    assertThatThrownBy(
            () ->
                QueryCounts.read(new ByteArrayInputStream(("3\n\n" + count).getBytes(UTF_8)), "q"))
        .hasMessage("q: line 3: must be a number of lines, got '%s'".formatted(count));
  }

  @Test
  void oneFileOfCountsIsForOneFile() throws IOException {
    LibSvmLayout one = new LibSvmLayout(false, "rank.train.query");
    one.requireFor("rank.train", 1);
    COUNTED.requireFor("rank.*", 3);
    LibSvmLayout.USUAL.requireFor("rank.*", 3);
    assertThatThrownBy(() -> one.requireFor("rank.*", 3))
        .hasMessage(
            "query_file 'rank.train.query' is one file, and 'rank.*' is 3; write *.query for a file"
                + " beside each");
    assertThat(one.besideOf("rank.train")).isEqualTo("*.query");
    assertThat(one.besideOf("other")).isEqualTo("rank.train.query");
  }
}
