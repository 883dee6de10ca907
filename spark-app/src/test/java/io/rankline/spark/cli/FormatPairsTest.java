package io.rankline.spark.cli;

import static io.rankline.spark.testing.RecordFile.bytes;
import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.feature.DType;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of formats: what is read from one and written in the other comes back as it was, or is
 * refused and nothing is written.
 */
@Tag("spark")
class FormatPairsTest {

  private static final List<String> FORMATS =
      List.of("elwc", "eie", "seq", "tfexample", "libsvm", "csv", "parquet");

  private static final Path DOCUMENT = Path.of("..", "docs", "formats.md");

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  /**
   * What each format can hold: numbers at their limits, ids at theirs, features missing. A walk
   * from format to format takes each pair once, and passes elwc again and again.
   */
  @Test
  void whatEveryFormatHoldsComesBackFromEveryOther() throws IOException {
    List<ExampleListWithContext> lists =
        List.of(
            elwc(
                example("qid", ints(0)),
                item(-3, 1, floats(Float.MAX_VALUE), 2, floats(-0f), 3, floats(Float.MIN_VALUE)),
                item(0, 4, floats(16777216))),
            elwc(
                example("qid", ints(Long.MAX_VALUE)),
                item(2, 1, floats(-Float.MAX_VALUE), 2147483647, floats(0.1f)),
                item(16777216, 2, floats(7))));
    Path made = folder.resolve("elwc0/part.tfrecord");
    RecordFile.write(made, lists.toArray(new ExampleListWithContext[0]));
    List<String> walk = walk();
    assertThat(walk).hasSize(FORMATS.size() * FORMATS.size() + 1).endsWith("elwc");

    Path held = folder.resolve("elwc0");
    for (int step = 1; step < walk.size(); step++) {
      String format = walk.get(step);
      held = convert(walk.get(step - 1), format, held, format + step, specOf(lists));
      if (format.equals("elwc")) {
        assertThat(contents(held))
            .as("after %s", walk.subList(0, step + 1))
            .isEqualTo(contents(made))
            .hasSize(2);
      }
    }
  }

  /** From elwc over every pair, once each, to elwc: as long as it can, then loops are put in. */
  private static List<String> walk() {
    Map<String, ArrayDeque<String>> left = new TreeMap<>();
    FORMATS.forEach(from -> left.put(from, new ArrayDeque<>(FORMATS)));
    ArrayDeque<String> open = new ArrayDeque<>(List.of("elwc"));
    List<String> walk = new ArrayList<>();
    while (!open.isEmpty()) {
      String next = left.getOrDefault(open.element(), new ArrayDeque<>()).poll();
      if (next == null) {
        walk.add(0, open.pop());
      } else {
        open.push(next);
      }
    }
    return walk;
  }

  private static Example item(int label, Object... idsAndValues) {
    Object[] features = idsAndValues.clone();
    for (int i = 0; i < features.length; i += 2) {
      features[i] = "custom_features_" + features[i];
    }
    Object[] all = Arrays.copyOf(features, features.length + 2);
    all[features.length] = "utility";
    all[features.length + 1] = ints(label);
    return example(all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corners")
  void aCornerValueIsRefusedBeforeAnythingIsWrittenWhereItWouldNotComeBack(
      String corner, List<String> holds) {
    Path elwc = folder.resolve("made/part.tfrecord");
    RecordFile.write(elwc, corner(corner).toArray(new ExampleListWithContext[0]));

    for (String format : FORMATS) {
      if (!holds.contains(format)) {
        Path out = folder.resolve(format);
        CommandRun run =
            CommandRun.of(
                "convert", "--from", "elwc", "--to", format, "--input", elwc, "--output", out);
        assertThat(run.status()).as("%s in %s: %s", corner, format, run.out()).isNotZero();
        assertThat(run.err()).startsWith("rankline: ").doesNotContain("Exception");
        assertThat(out).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void cornerValuesThatAFormatHoldsComeBack(String format) throws IOException {
    List<ExampleListWithContext> lists = new ArrayList<>();
    for (Arguments row : corners()) {
      if (((List<?>) row.get()[1]).contains(format)) {
        corner((String) row.get()[0]).forEach(list -> lists.add(inOneTable(list, format)));
      }
    }
    Path elwc = folder.resolve("made/part.tfrecord");
    RecordFile.write(elwc, lists.toArray(new ExampleListWithContext[0]));
    Path spec = specOf(lists);

    Path there = convert("elwc", format, elwc, "there", spec);

    assertThat(contents(convert(format, "elwc", there, "back", spec))).isEqualTo(contents(elwc));
  }

  /** The rows of the table in docs/formats.md, each with the formats of a yes. */
  static List<Arguments> corners() throws IOException {
    List<List<String>> table = table("What each format holds");
    List<Arguments> corners = new ArrayList<>();
    for (List<String> row : table.subList(2, table.size())) {
      List<String> holds = new ArrayList<>();
      for (int c = 1; c < row.size(); c++) {
        if (row.get(c).equals("yes")) {
          holds.add(table.get(0).get(c));
        }
      }
      corners.add(Arguments.of(row.get(0), holds));
    }
    return corners;
  }

  /** The cells of the table below a headline. */
  private static List<List<String>> table(String headline) throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.endsWith("# " + headline))
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  /** What is at a limit is read and written; what is beyond is refused by both. */
  @Test
  void limitsAreThoseOfTheDocument() throws IOException {
    Map<String, List<String>> limits = new TreeMap<>();
    List<List<String>> table = table("Limits");
    table.subList(2, table.size()).forEach(row -> limits.put(row.get(0), row.subList(1, 3)));
    Map<String, String> lines =
        Map.of(
            "query of libsvm", "1 qid:%s 1:2",
            "id of a libsvm feature", "1 qid:7 %s:2",
            "label or value, float32", "1 qid:7 1:%s");

    for (Map.Entry<String, String> line : lines.entrySet()) {
      List<String> ends = removed(limits, line.getKey());
      String inside =
          line.getValue().formatted(ends.get(0)) + "\n" + line.getValue().formatted(ends.get(1));
      assertThat(libSvm(inside).err()).as(line.getKey()).isEmpty();
      assertThat(libSvm(line.getValue().formatted(beyond(ends.get(0), false))).status())
          .isEqualTo(1);
      assertThat(libSvm(line.getValue().formatted(beyond(ends.get(1), true))).status())
          .isEqualTo(1);
    }
    List<String> whole = removed(limits, "int64");
    assertThat(whole).containsExactly("" + Long.MIN_VALUE, "" + Long.MAX_VALUE);
    assertThat(csv(whole.get(0) + "\n7," + whole.get(1)).err()).isEmpty();
    assertThat(csv("9223372036854775808").err())
        .contains("column 'utility' is 9223372036854775808");
    List<String> floats = removed(limits, "int64 as a number of libsvm");
    assertThat(floats).containsExactly("" + -(1 << 24), "" + (1 << 24));
    assertThat(limits).isEmpty();
  }

  private static List<String> removed(Map<String, List<String>> limits, String row) {
    List<String> ends = limits.remove(row);
    assertThat(ends).as(row).isNotNull();
    return ends == null ? List.of() : ends;
  }

  private static String beyond(String limit, boolean above) {
    BigDecimal number = new BigDecimal(limit);
    BigDecimal step = number.abs().multiply(new BigDecimal("1e-7")).max(BigDecimal.ONE);
    step = number.precision() > 12 || number.scale() == 0 ? BigDecimal.ONE : step;
    return (above ? number.add(step) : number.subtract(step)).toPlainString();
  }

  private CommandRun libSvm(String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("in.txt"), lines + "\n");
    return CommandRun.of(
        "convert",
        "--from",
        "libsvm",
        "--to",
        "libsvm",
        "--input",
        file,
        "--output",
        folder.resolve("out"),
        "--overwrite");
  }

  private CommandRun csv(String labels) throws IOException {
    Path file = Files.writeString(folder.resolve("in.csv"), "qid,utility\n7," + labels + "\n");
    return CommandRun.of(
        "convert",
        "--from",
        "csv",
        "--to",
        "csv",
        "--input",
        file,
        "--output",
        folder.resolve("out"),
        "--overwrite");
  }

  static List<String> formats() {
    return FORMATS;
  }

  /**
   * The list with a label of floats and a query of text, as others have them, and its own query.
   */
  private static ExampleListWithContext inOneTable(ExampleListWithContext list, String format) {
    ExampleListWithContext.Builder changed = list.toBuilder();
    for (Example.Builder item : changed.getExamplesBuilderList()) {
      Feature label = item.getFeatures().getFeatureOrDefault("utility", floats());
      if (label.hasInt64List()) {
        item.getFeaturesBuilder()
            .putFeature("utility", floats((float) label.getInt64List().getValue(0)));
      }
    }
    Feature query = list.getContext().getFeatures().getFeatureOrDefault("qid", floats());
    if (query.hasInt64List() && !format.equals("libsvm")) {
      changed
          .getContextBuilder()
          .getFeaturesBuilder()
          .putFeature("qid", texts(query.getInt64List().getValue(0) + "-" + list.hashCode()));
    }
    return changed.build();
  }

  private static List<ExampleListWithContext> corner(String name) {
    Example query = example("qid", ints(7));
    Example second = item(0, 1, floats(2));
    return switch (name) {
      case "query that is text" -> of(example("qid", texts(" red \"shoes\", 7 ")), second);
      case "query with zeros in front" -> of(example("qid", texts("007")), second);
      case "query below 0" -> of(example("qid", ints(-5)), second);
      case "no query" -> of(example(), second);
      case "two lists of a query" -> List.of(elwc(query, second), elwc(query, second, second));
      case "label with a fraction" ->
          of(query, example("custom_features_1", floats(1), "utility", floats(0.5f)));
      case "label missing" -> of(query, second, example("custom_features_1", floats(1)));
      case "NaN" -> of(query, item(1, 1, floats(Float.NaN)));
      case "infinity" -> of(query, item(1, 1, floats(Float.NEGATIVE_INFINITY)));
      case "no items" -> List.of(elwc(query), elwc(example("qid", ints(8)), second));
      case "items without features" -> of(query, example(), example());
      case "several values" -> of(query, second, item(1, 1, floats(1, 2)));
      case "int64 that no float holds" -> of(query, item(1, 5, ints(16777217)));
      case "text" -> of(query, titled("Größe 7"), titled("\uD83D\uDC5F"));
      case "text that looks like a table" ->
          of(
              query,
              titled(" \"a\",b;\t# qid:3 1:2\\"),
              titled("NaN"),
              titled("null"),
              titled("\\\""),
              titled("7"),
              titled("a\\\"b\\"));
      case "text of nothing" -> of(query, titled(""));
      case "text of two lines" -> of(query, titled("a\nb"));
      case "bytes" -> of(query, example("title", bytes(0xff), "utility", ints(1)));
      case "context" -> of(example("qid", ints(7), "country", texts("de"), "day", ints(3)), second);
      case "context named as an item's" ->
          of(example("qid", ints(7), "custom_features_2", floats(3)), item(1, 2, floats(1)));
      case "weight" -> of(query, example("utility", ints(1), "weight", floats(0.25f)), second);
      case "names alike but for case" ->
          of(query, example("utility", ints(1), "price", floats(1), "Price", floats(2)));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static List<ExampleListWithContext> of(Example context, Example... items) {
    return List.of(elwc(context, items));
  }

  private static Example titled(String title) {
    return example("title", texts(title), "utility", ints(1));
  }

  /** What is said of types where a format has none: features as they are, with any number. */
  private Path specOf(List<ExampleListWithContext> lists) throws IOException {
    Map<String, String> context = new TreeMap<>();
    Map<String, String> items = new TreeMap<>();
    for (ExampleListWithContext list : lists) {
      addTo(context, list.getContext());
      list.getExamplesList().forEach(item -> addTo(items, item));
    }
    return Files.writeString(
        folder.resolve("spec.conf"),
        "context { %s }\nexample { %s }\n"
            .formatted(String.join("\n", context.values()), String.join("\n", items.values())));
  }

  private static void addTo(Map<String, String> specs, Example example) {
    example
        .getFeatures()
        .getFeatureMap()
        .forEach(
            (name, feature) -> {
              String dtype =
                  switch (feature.getKindCase()) {
                    case FLOAT_LIST -> "float32";
                    case INT64_LIST -> "int64";
                    default -> "string";
                  };
              specs.put(name, "\"%s\" { kind = var_len, dtype = %s }".formatted(name, dtype));
            });
  }

  /** Converts; a format without types, or without a context, is told what it has. */
  private Path convert(String from, String to, Path input, String output, Path spec)
      throws IOException {
    List<Object> words = new ArrayList<>(List.of("convert", "--from", from, "--to", to));
    Path made = folder.resolve(output);
    words.addAll(List.of("--input", input, "--output", made));
    String text = Files.readString(spec);
    if (from.equals("csv") || from.equals("parquet")) {
      words.addAll(List.of("--spec", spec));
    }
    if (from.equals("tfexample") && text.contains("country")) {
      words.addAll(List.of("--context-columns", "country,day"));
    }
    if (from.equals("libsvm") && text.contains("\"utility\" { kind = var_len, dtype = float32")) {
      words.addAll(List.of("--label-dtype", "float32"));
    }
    CommandRun run = CommandRun.of(words.toArray());
    assertThat(run.status()).as("%s to %s: %s", from, to, run.err()).isZero();
    return made;
  }

  /** Lists in an order of their own: the features of the context, then of each item. */
  private static List<String> contents(Path elwc) throws IOException {
    List<String> lists = new ArrayList<>();
    RecordWalker walker = new RecordWalker(RecordFormat.ELWC);
    for (byte[] record : RecordFile.readBytes(elwc)) {
      List<TreeMap<String, String>> parts = new ArrayList<>();
      walker.walk(
          record,
          0,
          record.length,
          new RecordWalker.Visitor() {
            @Override
            public void startList(int items) {
              for (int i = 0; i <= items; i++) {
                parts.add(new TreeMap<>());
              }
            }

            @Override
            public void feature(int item, String name, FeatureValues values) {
              if (values.dtype() != null && values.count() > 0) {
                parts
                    .get(item == RecordWalker.CONTEXT ? 0 : item + 1)
                    .put(name, values.dtype() + text(values));
              }
            }
          });
      lists.add(parts.toString());
    }
    lists.sort(null);
    return lists;
  }

  private static String text(FeatureValues values) {
    DType dtype = Objects.requireNonNull(values.dtype());
    return switch (dtype) {
      case FLOAT32 -> Arrays.toString(Arrays.copyOf(values.floats(), values.count()));
      case INT64 -> Arrays.toString(Arrays.copyOf(values.longs(), values.count()));
      case STRING ->
          values.strings().stream()
              .map(bytes -> HexFormat.of().formatHex(bytes))
              .toList()
              .toString();
    };
  }
}
