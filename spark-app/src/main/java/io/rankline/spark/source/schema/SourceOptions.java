package io.rankline.spark.source.schema;

import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.RecordFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * The options of one read or write, checked. Names are matched in any case, as Spark does.
 *
 * @param spec text of a feature spec, or null
 * @param specFile path of a file with one, or null
 * @param listSize length that lists are padded or cut to, or 0 for the length each has
 * @param assembled whether dense features share one column
 * @param labelColumns features that stay columns when assembled; null where the option is not given
 * @param queryColumn name of the query column of the flat form, or null for one row a list
 * @param contextColumns columns that are features of the query
 * @param recordFormat format of the records
 * @param compression of files that are written
 * @param onCorruptRecord what a record that cannot be read does
 * @param shuffleExamples whether items are shuffled before lists are cut
 * @param seed of the shuffle
 * @param sampleRecords number of records that a schema is inferred from
 */
public record SourceOptions(
    @Nullable String spec,
    @Nullable String specFile,
    int listSize,
    boolean assembled,
    @Nullable List<String> labelColumns,
    @Nullable String queryColumn,
    List<String> contextColumns,
    RecordFormat recordFormat,
    Compression compression,
    CorruptRecordPolicy onCorruptRecord,
    boolean shuffleExamples,
    long seed,
    int sampleRecords)
    implements Serializable {

  static final String QUERY_COLUMN = "queryColumn";

  /** Set on flat rows that lie query by query; not for users. */
  public static final String GROUPED = "__grouped_by_query__";

  static final int DEFAULT_SAMPLE_RECORDS = 100;

  private static final List<String> NAMES =
      List.of(
          "spec",
          "specFile",
          "listSize",
          "assembled",
          "labelColumn",
          QUERY_COLUMN,
          "contextColumns",
          "recordFormat",
          "compression",
          "onCorruptRecord",
          "shuffleExamples",
          "seed",
          "sampleRecords");

  /** The options in a map of Spark's, those of others ignored. */
  public static SourceOptions of(scala.collection.Map<String, String> options) {
    return of(asGiven(options));
  }

  /** Options under the names they were given, not in lower case. */
  public static Map<String, String> asGiven(scala.collection.Map<String, String> options) {
    return JavaConverters.mapAsJavaMap(
        options instanceof CaseInsensitiveMap<String> insensitive
            ? insensitive.originalMap()
            : options);
  }

  /**
   * The options in {@code given}.
   *
   * @throws IllegalArgumentException for all faults at once, one line each
   */
  static SourceOptions of(Map<String, String> given) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(given);
    List<String> problems = new ArrayList<>(OptionNames.misspelled(options.keySet(), NAMES));
    Reader reader = new Reader(options, problems);
    String queryColumn = options.get(QUERY_COLUMN);
    SourceOptions result =
        new SourceOptions(
            options.get("spec"),
            options.get("specFile"),
            (int) reader.number("listSize", 0, 0, Integer.MAX_VALUE),
            reader.flag("assembled"),
            options.containsKey("labelColumn") ? names(options.get("labelColumn")) : null,
            queryColumn,
            names(options.get("contextColumns")),
            reader.choice("recordFormat", RecordFormat.ELWC, RecordFormat::ofName),
            reader.choice("compression", Compression.NONE, Compression::ofName),
            reader.choice(
                "onCorruptRecord", CorruptRecordPolicy.FAIL, CorruptRecordPolicy::ofWireName),
            reader.flag("shuffleExamples"),
            reader.number("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE),
            (int) reader.number("sampleRecords", DEFAULT_SAMPLE_RECORDS, 1, Integer.MAX_VALUE));
    if (result.spec != null && result.specFile != null) {
      problems.add("options spec and specFile are both given; give one");
    }
    if (queryColumn != null && queryColumn.isBlank()) {
      problems.add("option queryColumn must name a column, got ''");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return result;
  }

  /** What rows are. */
  public RowForm form() {
    return queryColumn == null ? RowForm.LIST : RowForm.FLAT;
  }

  private static List<String> names(@Nullable String commaSeparated) {
    return commaSeparated == null
        ? List.of()
        : Arrays.stream(commaSeparated.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  private record Reader(Map<String, String> options, List<String> problems) {

    long number(String name, long byDefault, long least, long most) {
      String text = options.get(name);
      if (text == null) {
        return byDefault;
      }
      try {
        long number = Long.parseLong(text.strip());
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // reported below, with the range
      }
      problems.add(
          "option %s must be an integer from %d to %d, got '%s'"
              .formatted(name, least, most, text));
      return byDefault;
    }

    boolean flag(String name) {
      String text = options.getOrDefault(name, "false").strip().toLowerCase(Locale.ROOT);
      if (!text.equals("true") && !text.equals("false")) {
        problems.add(
            "option %s must be true or false, got '%s'".formatted(name, options.get(name)));
      }
      return text.equals("true");
    }

    <T> T choice(String name, T byDefault, Function<String, T> parser) {
      String text = options.get(name);
      if (text == null) {
        return byDefault;
      }
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        problems.add("option %s: %s".formatted(name, e.getMessage()));
        return byDefault;
      }
    }
  }
}
