package io.rankline.spark.source.schema;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.ListSize;
import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.RecordFormat;
import io.rankline.text.Fault;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Form;
import io.rankline.text.Option;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Wording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** The options of one read or write, checked. Names are matched in any case, as Spark does. */
public record SourceOptions(
    @Option(meaning = "text of the feature specs, HOCON or JSON; a column not in it is refused")
        @Nullable String spec,
    @Option(key = "specFile", meaning = "path of a file with that text") @Nullable String specFile,
    @Option(
            key = "listSize",
            fallback = "0",
            form = SourceListSize.class,
            meaning = "length that lists are cut or padded to; 0 for the length each has")
        ListSize listSize,
    @Option(
            fallback = "false",
            meaning =
                "whether all float features of a fixed number of values are one column, features:"
                    + " an array of arrays, in the order of names, which the metadata keeps. Those"
                    + " of the context are context_features")
        boolean assembled,
    @Option(
            key = "labelColumn",
            form = Names.class,
            meaning =
                "features that stay columns when assembled, beside labels and weight of the spec;"
                    + " must be given with an inferred schema")
        @Nullable List<String> labelColumns,
    @Option(
            key = "queryColumn",
            filled = "must name a column",
            meaning = "makes one row an item; the column that names the query")
        @Nullable String queryColumn,
    @Option(
            key = "contextColumns",
            fallback = "\"\"",
            form = Names.class,
            meaning = "columns that belong to the query")
        List<String> contextColumns,
    @Option(
            key = "recordFormat",
            fallback = "elwc",
            meaning = "of the records; elwc and tfexample can be written")
        RecordFormat recordFormat,
    @Option(
            fallback = "none",
            meaning = "of files that are written; a read goes by their first bytes")
        Compression compression,
    @Option(
            key = "onCorruptRecord",
            fallback = "fail",
            meaning = "what a damaged record does; skipped ones are logged and counted")
        CorruptRecordPolicy onCorruptRecord,
    @Option(
            key = "maxCorruptShare",
            fallback = "0.01",
            least = 0,
            most = 1,
            meaning =
                "of a file's bytes, the share that skipped records may take; more ends the read")
        double maxCorruptShare,
    @Option(
            key = "shuffleExamples",
            fallback = "false",
            meaning = "whether items are shuffled before lists are cut")
        boolean shuffleExamples,
    @Option(fallback = "0", meaning = "seed of that shuffle") long seed,
    @Option(
            key = "sampleRecords",
            fallback = "100",
            least = 1,
            meaning = "number of records, from up to 10 files, that a schema is inferred from")
        int sampleRecords)
    implements Serializable {

  /** Set on flat rows that lie query by query; not for users. */
  public static final String GROUPED = "__grouped_by_query__";

  private static final RecordCodec<SourceOptions> CODEC = RecordCodec.of(SourceOptions.class);

  public SourceOptions {
    Faults.in(
            SourceOptions.class,
            spec,
            specFile,
            listSize,
            assembled,
            labelColumns,
            queryColumn,
            contextColumns,
            recordFormat,
            compression,
            onCorruptRecord,
            maxCorruptShare,
            shuffleExamples,
            seed,
            sampleRecords)
        .orThrow();
  }

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
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(given);
    List<String> names = CODEC.options().stream().map(OptionSpec::key).toList();
    Map<String, String> options = new TreeMap<>();
    names.stream()
        .filter(anyCase::containsKey)
        .forEach(name -> options.put(name, anyCase.get(name)));
    Section section = Section.of(ConfigValueFactory.fromMap(options), Wording.OPTIONS);
    SourceOptions read = CODEC.read(section);
    if (options.containsKey("spec") && options.containsKey("specFile")) {
      section.fault("options spec and specFile are both given; give one");
    }
    List<Fault> faults = new ArrayList<>(OptionNames.misspelled(anyCase.keySet(), names));
    for (Fault fault : section.faults()) {
      faults.add(new Fault("", fault.key().isEmpty() ? "" : "option " + fault.key(), fault.rule()));
    }
    if (read == null || !faults.isEmpty()) {
      throw new FaultsException(faults);
    }
    return read;
  }

  /** What rows are. */
  public RowForm form() {
    return queryColumn == null ? RowForm.LIST : RowForm.FLAT;
  }

  /** Names, with commas between them. */
  static final class Names implements Form<List<String>> {

    @Override
    public List<String> read(Section section, String key, ConfigValue value) {
      return Stream.of(String.valueOf(value.unwrapped()).split(",", -1))
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .toList();
    }

    @Override
    public Object write(List<String> names) {
      return String.join(",", names);
    }

    @Override
    public String words() {
      return "names, with commas between them";
    }
  }

  /** 0 for the length that each list has. */
  static final class SourceListSize implements Form<ListSize> {

    @Override
    public @Nullable ListSize read(Section section, String key, ConfigValue value) {
      String text = String.valueOf(value.unwrapped()).strip();
      if (text.matches("\\+?\\d{1,10}") && Long.parseLong(text) <= Integer.MAX_VALUE) {
        return new ListSize(Integer.parseInt(text));
      }
      section.fault(key, "must be an integer from 0 to 2147483647, got '%s'".formatted(text));
      return null;
    }

    @Override
    public Object write(ListSize size) {
      return size.items();
    }

    @Override
    public String words() {
      return "a whole number";
    }
  }
}
