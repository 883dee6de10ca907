package io.rankline.spark.convert;

import io.rankline.io.RecordFiles;
import io.rankline.spark.table.NamedColumn;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Opens files of CSV, which all have the same header. */
final class CsvReader {

  /** The column that has the text of a row that does not fit the others, and null of all others. */
  static final String MALFORMED = "__malformed__";

  /** A whole number that is written as a name is: 007 is another one than 7. */
  private static final String ZEROS_IN_FRONT = "\\s*[+-]?0[0-9]+\\s*";

  /** So many rows show how queries are written. */
  private static final int ROWS = 10_000;

  /** Option of CSV: what cells hold, between commas, that stands for no value. */
  private static final String MISSING = "missing";

  private final RecordFiles storage;
  private final DataInput input;
  private final String[] paths;

  CsvReader(RecordFiles storage, DataInput input, String[] paths) {
    this.storage = storage;
    this.input = input;
    this.paths = paths;
  }

  private String quotes() {
    String separator = option("sep").or(() -> option("delimiter")).orElse(",");
    try {
      return paths.length == 0
          ? CsvQuotes.DOUBLED
          : CsvQuotes.of(storage, new Path(paths[0]), separator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows, with {@link #MALFORMED} beside their columns.
   *
   * @param plain without options
   * @param asText columns that are text whatever they look like
   * @param query the column that tells queries apart
   * @param timesAsText whether times stay the text that they are
   */
  Dataset<Row> read(DataFrameReader plain, Set<String> asText, String query, boolean timesAsText) {
    CsvOptionNames.require(input.options().keySet(), MISSING);
    FileChecks.require(
        paths,
        path -> {
          Optional<String> misnamed = storage.misnamed(path);
          return misnamed.isPresent() ? misnamed : storage.noText(path);
        });
    DataFrameReader reader = plain.option("escape", quotes()).options(input.options());
    requireDifferentColumns(reader);
    reader
        .option("header", option("header").orElse("true"))
        // A file whose header has another order would be read by position.
        .option("enforceSchema", false)
        .option("columnNameOfCorruptRecord", MALFORMED);
    StructType guessed = reader.option("inferSchema", true).load(paths).schema();
    Set<String> text = new TreeSet<>(asText);
    if (hasZerosInFront(reader, guessed, query)) {
      text.add(query);
    }
    StructField[] fields =
        Arrays.stream(guessed.fields())
            .map(
                field ->
                    text.contains(field.name()) || (timesAsText && isTime(field.dataType()))
                        ? DataTypes.createStructField(field.name(), DataTypes.StringType, true)
                        : field)
            .toArray(StructField[]::new);
    StructType asked = new StructType(fields).add(MALFORMED, DataTypes.StringType);
    return withMissing(reader.option("inferSchema", false).schema(asked).load(paths), text);
  }

  private boolean hasZerosInFront(DataFrameReader reader, StructType guessed, String name) {
    if (!NamedColumn.isIn(guessed, name)
        || !(guessed.apply(name).dataType() instanceof NumericType)) {
      return false;
    }
    StructType texts = new StructType();
    for (StructField field : guessed.fields()) {
      texts = texts.add(field.name(), DataTypes.StringType);
    }
    Dataset<Row> rows = reader.option("inferSchema", false).schema(texts).load(paths).limit(ROWS);
    return !rows.filter(NamedColumn.of(name).rlike("^" + ZEROS_IN_FRONT + "$")).isEmpty();
  }

  /** Cells that the option {@value #MISSING} names as null, in columns that are no text by name. */
  private Dataset<Row> withMissing(Dataset<Row> table, Set<String> text) {
    Optional<String> option = option(MISSING);
    if (option.isEmpty()) {
      return table;
    }
    Object[] words = Arrays.stream(option.get().split(",", -1)).map(String::strip).toArray();
    boolean nan = Arrays.stream(words).anyMatch(word -> "nan".equalsIgnoreCase(word.toString()));
    Column[] columns =
        Arrays.stream(table.schema().fields())
            .map(
                field -> {
                  Column column = NamedColumn.of(field.name());
                  Column missing =
                      text.contains(field.name()) || field.name().equals(MALFORMED)
                          ? functions.lit(false)
                          : field.dataType().equals(DataTypes.StringType)
                              ? functions.trim(column).isin(words)
                              : field.dataType().equals(DataTypes.DoubleType) && nan
                                  ? functions.isnan(column)
                                  : functions.lit(false);
                  return functions
                      .when(missing, functions.lit(null))
                      .otherwise(column)
                      .as(field.name());
                })
            .toArray(Column[]::new);
    return table.select(columns);
  }

  /** Spark would give a name that comes twice another one. */
  private void requireDifferentColumns(DataFrameReader reader) {
    if (!Boolean.parseBoolean(option("header").orElse("true")) || paths.length == 0) {
      return;
    }
    Set<String> seen = new TreeSet<>();
    for (Row header : reader.option("header", false).load(paths[0]).takeAsList(1)) {
      for (int c = 0; c < header.length(); c++) {
        String name = header.isNullAt(c) ? "" : header.getString(c);
        if (!seen.add(name.toLowerCase(Locale.ROOT)) && !name.isEmpty()) {
          throw new UsageException(
              "%s: the header has the column '%s' twice, of which capital letters make no other"
                      .formatted(input, name)
                  + "; rename one of them");
        }
      }
    }
  }

  private Optional<String> option(String name) {
    return input.options().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }
}
