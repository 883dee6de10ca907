package io.rankline.io.libsvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibSvmTest {

  @Test
  void aLineIsLabelQueryAndFeatures() throws CorruptRecordException {
    LibSvmItem item = parse("2 qid:17 1:0.5 30:-4e-3 # docid = x:1");

    assertThat(item.label()).isEqualTo(2);
    assertThat(item.qid()).isEqualTo(17);
    assertThat(item.ids()).containsExactly(1, 30);
    assertThat(item.values()).containsExactly(0.5f, -0.004f);
  }

  @Test
  void idsMayStandInAnyOrderAndTheLastOfTwoCounts() throws CorruptRecordException {
    LibSvmItem item = parse("0 qid:1 9:9 2:2 9:10 1:1");

    assertThat(item.ids()).containsExactly(1, 2, 9);
    assertThat(item.values()).containsExactly(1, 2, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# only a comment", "\t# tab"})
  void linesWithoutAnItemArePassedOver(String line) throws CorruptRecordException {
    assertThat(LibSvmItem.parse(line)).isNull();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLabel() throws IOException {
    byte[] file = "\uFEFF2 qid:1 1:1\n0 qid:1 1:2\n".getBytes(UTF_8);

    try (LibSvmReader reader =
        new LibSvmReader(
            new ByteArrayInputStream(file), "f", CorruptRecordPolicy.FAIL, fault -> {})) {
      assertThat(reader.readQueries().get(1L))
          .extracting(LibSvmItem::label)
          .containsExactly(2f, 0f);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anItemIsReadBackFromItsLine(long seed) throws CorruptRecordException {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      float[] values = new float[random.nextInt(5)];
      int[] ids = new int[values.length];
      for (int k = 0; k < values.length; k++) {
        ids[k] = k * 7 + 1;
        values[k] =
            switch (random.nextInt(5)) {
              case 0 -> Float.intBitsToFloat(random.nextInt(0x7f800000)); // any positive number
              case 1 -> -0f;
              case 2 -> random.nextInt(1000);
              default -> (float) random.nextGaussian();
            };
      }
      LibSvmItem item = new LibSvmItem(random.nextInt(5), random.nextLong() >>> 1, ids, values);

      LibSvmItem back = parse(item.format());

      assertThat(back.label()).isEqualTo(item.label());
      assertThat(back.qid()).isEqualTo(item.qid());
      assertThat(back.ids()).isEqualTo(ids);
      assertThat(back.values()).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | has only one word, expected LABEL qid:QUERY ID:VALUE …, got '1'",
        "1 2:3 | second word must be qid:QUERY, got '2:3'; for lines without queries, query_file"
            + " (--query-file) names a file that counts them",
        "1:0.5 qid:1 | label must be a number, got '1:0.5'; LibSVM lines hold no weights, as"
            + " XGBoost's LABEL:WEIGHT; records and tables do",
        "1 qid:-4 1:1 | qid must be an integer of 0 or more, got '-4'",
        "1 qid:a7 1:1 | qid must be an integer of 0 or more, got 'a7'",
        "1 qid:1.5 1:1 | qid must be an integer of 0 or more, got '1.5'",
        "1 qid: 1:1 | qid must be an integer of 0 or more, got ''",
        "x qid:1 1:1 | label must be a number, got 'x'",
        "nan qid:1 1:1 | label must be a number, got 'nan'",
        "NaN qid:1 1:1 | label must be a number, got 'NaN'",
        "1 qid:1 0:1 | feature id must be an integer of 1 or more, got '0'; zero_based"
            + " (--zero-based) reads ids that begin at 0",
        "1 qid:1 a:1 | feature id must be an integer of 1 or more, got 'a'",
        "1 qid:1 3: | feature '3' must be a number, got ''",
        "1 qid:1 3:NaN | feature '3' must be a number, got 'NaN'",
        "1 qid:1 3:1e39 | feature '3' must be a number, got '1e39'",
        "1 qid:1 3:Infinity | feature '3' must be a number, got 'Infinity'",
        "1 qid:1 3 | expected ID:VALUE, got '3'"
      })
  void aLineThatDoesNotFollowTheFormatSaysWhy(String line, String message) {
    assertThatThrownBy(() -> LibSvmItem.parse(line)).hasMessage(message);
  }

  @Test
  void aReaderAddsFileLineAndByte() throws IOException {
    String text = "1 qid:1 1:1\n# comment\n1 qid:x 1:1\n";
    try (LibSvmReader reader = reader(text, CorruptRecordPolicy.FAIL, new ArrayList<>())) {
      assertThat(reader.next()).isNotNull();
      assertThatThrownBy(reader::next)
          .hasMessage("data.txt: line 3 at byte 22: qid must be an integer of 0 or more, got 'x'");
    }
  }

  @Test
  void aReaderThatSkipsCountsAndGoesOn() throws IOException {
    List<CorruptRecordException> faults = new ArrayList<>();
    try (LibSvmReader reader =
        reader("1 qid:1 1:1\nbad\n2 qid:1 1:2\n", CorruptRecordPolicy.SKIP, faults)) {
      assertThat(reader.readQueries().get(1L)).hasSize(2);
      assertThat(reader.skippedLines()).isEqualTo(1);
    }
    assertThat(faults).hasSize(1);
  }

  @Test
  void linesOfAQueryNeedNotBeAdjacent() throws IOException {
    String text = "1 qid:8 1:1\n2 qid:3 1:2\n3 qid:8 1:3\n";
    try (LibSvmReader reader = reader(text, CorruptRecordPolicy.FAIL, new ArrayList<>())) {
      Map<Long, List<LibSvmItem>> queries = reader.readQueries();

      assertThat(queries.keySet()).containsExactly(8L, 3L);
      assertThat(Objects.requireNonNull(queries.get(8L)))
          .extracting(LibSvmItem::label)
          .containsExactly(1f, 3f);
    }
  }

  @Test
  void aListHasAColumnForEachIdAndKeepsWhatIsMissing() throws CorruptRecordException {
    LibSvmLists lists = new LibSvmLists(11, "f%d", "y");

    RankingList list = lists.list(5, List.of(parse("1 qid:5 2:2 10:10"), parse("0 qid:5")));

    // sorted by name: f1 f10 f11 f2 f3 ...
    assertThat(list.examples()[1]).isEqualTo(10);
    assertThat(list.examples()[3]).isEqualTo(2);
    assertThat(list.examples()[0]).isNaN();
    assertThat(lists.items(list))
        .extracting(LibSvmItem::format)
        .containsExactly("1 qid:5 2:2 10:10", "0 qid:5");
  }

  @Test
  void anIdAboveTheNumberOfFeaturesIsToldByQuery() throws CorruptRecordException {
    LibSvmLists lists = new LibSvmLists(3, "f%d", "y");
    List<LibSvmItem> items = List.of(parse("1 qid:5 4:2"));

    assertThatThrownBy(() -> lists.list(5, items))
        .hasMessage("query 5 has feature id 4; there are 3 features");
  }

  @Test
  void aNamePatternNeedsAPlaceForTheId() {
    assertThatThrownBy(() -> new LibSvmLists(3, "feature", "y"))
        .hasMessage("namePattern must contain %d for the feature id, got 'feature'");
  }

  private static LibSvmItem parse(String line) throws CorruptRecordException {
    return Objects.requireNonNull(LibSvmItem.parse(line));
  }

  private static LibSvmReader reader(
      String text, CorruptRecordPolicy policy, List<CorruptRecordException> faults) {
    return new LibSvmReader(
        new ByteArrayInputStream(text.getBytes(UTF_8)), "data.txt", policy, faults::add);
  }
}
