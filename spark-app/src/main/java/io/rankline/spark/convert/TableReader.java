package io.rankline.spark.convert;

import io.rankline.io.RecordFiles;
import io.rankline.spark.table.NamedColumn;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Opens a table with Spark's source of its name. CSV has a header. */
final class TableReader {

  /** Of more files, the first ones show how names are given. */
  private static final int MOST_LOOKED_AT = 100;

  /** Option of CSV: what cells hold, between commas, that stands for no value. */
  private static final String MISSING = "missing";

  private final SparkSession session;
  private final DataInput input;

  TableReader(SparkSession session, DataInput input) {
    this.session = session;
    this.input = input;
  }

  /**
   * The table, without the columns that are dropped.
   *
   * @param files its files, where it has some
   * @param text columns of CSV that are text whatever they look like
   * @param timesAsText whether times of CSV stay the text that they are
   */
  Dataset<Row> read(List<String> files, Set<String> text, boolean timesAsText) {
    Dataset<Row> whole = whole(files, text, timesAsText);
    for (String name : input.dropped()) {
      if (!NamedColumn.isIn(whole.schema(), name)) {
        throw new UsageException(
            "--drop-columns: " + NamedColumn.missing(whole.schema(), name, ""));
      }
    }
    return whole.drop(input.dropped().toArray(new String[0]));
  }

  private Dataset<Row> whole(List<String> files, Set<String> text, boolean timesAsText) {
    if (input.source().equals(DataInput.CATALOG)) {
      return session.table(input.location());
    }
    DataFrameReader reader = session.read().format(input.source());
    if (input.source().equals(DataInput.JDBC)) {
      return jdbc(reader);
    }
    String[] paths = files.toArray(new String[0]);
    reader = withPartitions(reader);
    if (input.format() == DataFormat.CSV) {
      RecordFiles storage = new RecordFiles(session.sessionState().newHadoopConf());
      requireNames(storage, paths);
      reader = reader.option("escape", quotes(storage, paths));
      return csv(reader, paths, text, timesAsText);
    }
    reader = reader.options(input.options());
    try {
      return reader.load(paths);
    } catch (Exception e) {
      // Scala throws what it does not declare.
      String said = String.valueOf(e.getMessage());
      if (said.contains("DATA_SOURCE_NOT_FOUND") || said.contains("Failed to find data source")) {
        throw unknown();
      }
      throw e;
    }
  }

  private String quotes(RecordFiles storage, String[] paths) {
    String separator =
        input.options().getOrDefault("sep", input.options().getOrDefault("delimiter", ","));
    try {
      return paths.length == 0
          ? CsvQuotes.DOUBLED
          : CsvQuotes.of(storage, new Path(paths[0]), separator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UsageException unknown() {
    return new UsageException(
        "unknown format '%s'; expected one of libsvm, elwc, eie, seq, tfexample, csv, parquet, table,"
                .formatted(input.source())
            + " or a data source on Spark's class path; spark-submit's --packages puts one there,"
            + " as"
            + " org.apache.spark:spark-avro_2.12:%s for avro".formatted(session.version()));
  }

  private Dataset<Row> jdbc(DataFrameReader reader) {
    if (input.options().keySet().stream().noneMatch(TableReader::namesTable)) {
      throw new UsageException(
          "%s: the option dbtable, or query, must say what to read, as --data-option dbtable=items or"
                  .formatted(input)
              + " input_options { dbtable = items }");
    }
    try {
      return reader.option("url", input.location()).options(input.options()).load();
    } catch (Exception e) {
      if (String.valueOf(e.getMessage()).contains("No suitable driver")) {
        throw new UsageException(
            "%s: there is no driver for it on the class path; spark-submit's --jars, or --packages, puts"
                    .formatted(input)
                + " one there");
      }
      throw e;
    }
  }

  private static boolean namesTable(String option) {
    return option.equalsIgnoreCase("dbtable") || option.equalsIgnoreCase("query");
  }

  private Dataset<Row> csv(
      DataFrameReader plain, String[] paths, Set<String> text, boolean timesAsText) {
    DataFrameReader reader =
        plain.option("header", true).option("mode", "FAILFAST").options(input.options());
    StructType guessed = reader.option("inferSchema", true).load(paths).schema();
    StructField[] fields =
        Arrays.stream(guessed.fields())
            .map(
                field ->
                    text.contains(field.name()) || (timesAsText && isTime(field.dataType()))
                        ? DataTypes.createStructField(field.name(), DataTypes.StringType, true)
                        : field)
            .toArray(StructField[]::new);
    return withMissing(
        reader.option("inferSchema", false).schema(new StructType(fields)).load(paths), text);
  }

  /** Cells that the option {@value #MISSING} names as null, in columns that are no text by name. */
  private Dataset<Row> withMissing(Dataset<Row> table, Set<String> text) {
    String option = input.options().get(MISSING);
    if (option == null) {
      return table;
    }
    Object[] words = Arrays.stream(option.split(",", -1)).map(String::strip).toArray();
    boolean nan = Arrays.stream(words).anyMatch(word -> "nan".equalsIgnoreCase(word.toString()));
    Column[] columns =
        Arrays.stream(table.schema().fields())
            .map(
                field -> {
                  Column column = NamedColumn.of(field.name());
                  Column missing =
                      text.contains(field.name())
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

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  private static void requireNames(RecordFiles files, String[] paths) {
    List<String> faults =
        Arrays.stream(paths)
            .limit(MOST_LOOKED_AT)
            .parallel()
            .map(
                path -> {
                  try {
                    Optional<String> misnamed = files.misnamed(new Path(path));
                    return misnamed.isPresent()
                        ? misnamed.get()
                        : files.noText(new Path(path)).orElse("");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .filter(fault -> !fault.isEmpty())
            .toList();
    if (!faults.isEmpty()) {
      throw new UsageException(
          faults.get(0)
              + (faults.size() == 1 ? "" : "; so it is with %s files".formatted(faults.size())));
    }
  }

  /** Folders such as {@code day=2026-11-29} below the one that is named become columns. */
  private DataFrameReader withPartitions(DataFrameReader reader) {
    try {
      Path path = new Path(input.location());
      FileSystem storage = path.getFileSystem(session.sessionState().newHadoopConf());
      return storage.exists(path) && storage.getFileStatus(path).isDirectory()
          ? reader.option("basePath", path.toString())
          : reader;
    } catch (IOException | IllegalArgumentException e) {
      // Several paths, or a pattern: no one folder to begin at.
      return reader;
    }
  }
}
