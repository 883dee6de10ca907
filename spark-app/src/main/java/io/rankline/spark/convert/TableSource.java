package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.spark.table.NamedColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Reads tables whose rows are items, from any source that Spark knows. */
final class TableSource {

  private final Dataset<Row> table;

  /** The columns that are read, without {@link CsvReader#MALFORMED}. */
  private final StructType read;

  private final StructType schema;
  private final DataInput input;
  private final Naming naming;
  private final List<TableRows.Column> columns;

  private TableSource(
      Dataset<Row> whole,
      DataInput input,
      Naming naming,
      @Nullable RecordSpec spec,
      boolean readableOnly) {
    this.schema = whole.drop(CsvReader.MALFORMED).schema();
    Dataset<Row> asked = spec == null ? whole : whole.select(asked(whole, naming, spec));
    this.table = readableOnly ? asked.drop(unread().keySet().toArray(new String[0])) : asked;
    Dataset<Row> cells = table.drop(CsvReader.MALFORMED);
    this.read = cells.schema();
    this.input = input;
    this.naming = naming;
    // A spec says what columns are; otherwise the rows do. What is inspected is to be trained on,
    // and a model takes numbers as floats.
    CsvColumns seen =
        spec == null && input.format() == DataFormat.CSV
            ? CsvColumns.of(cells, naming.query())
            : CsvColumns.NONE;
    CsvColumns csv = readableOnly ? new CsvColumns(seen.numbers(), Set.of()) : seen;
    this.columns = new TablePlan(input, naming, spec, csv, schema).columns(read);
  }

  /**
   * A table.
   *
   * @param files those of a source that reads files
   * @param spec the columns to read and their types, or null for all as they are
   * @param readableOnly whether columns that no feature can hold are left out and not refused
   */
  static TableSource open(
      SparkSession session,
      DataInput input,
      List<String> files,
      Naming naming,
      @Nullable RecordSpec spec,
      boolean readableOnly) {
    RecordSpec asked = spec == null ? null : spec.labelsAsFeatures();
    return new TableSource(
        new TableReader(session, input)
            .read(files, textColumns(asked), naming.query(), !readableOnly),
        input,
        naming,
        asked,
        readableOnly);
  }

  /** The items, in the order of files and rows; of partitions and rows where there are no files. */
  JavaPairRDD<ItemKey, FlatItem> items(Rejects rejects) {
    TableRows rows = new TableRows(read, columns, naming.query(), rejects, lines());
    return placed().toJavaRDD().mapPartitionsToPair(rows);
  }

  private @Nullable CsvLines lines() {
    return input.format() == DataFormat.CSV
        ? new CsvLines(
            new SerializableConfiguration(table.sparkSession().sessionState().newHadoopConf()),
            input.options())
        : null;
  }

  /** The columns that no feature can hold, with their types. */
  SortedMap<String, String> unread() {
    SortedMap<String, String> unread = new TreeMap<>();
    for (StructField field : schema.fields()) {
      if (TablePlan.valuesOf(field.dataType()) == null) {
        unread.put(field.name(), field.dataType().simpleString());
      }
    }
    return unread;
  }

  /** The type of a column. */
  DataType typeOf(String column) {
    return schema.apply(column).dataType();
  }

  /** Number of Spark's partitions. */
  int partitions() {
    return table.toJavaRDD().getNumPartitions();
  }

  /** With three columns: what is malformed of a row, and where it stood. */
  private Dataset<Row> placed() {
    Column malformed =
        NamedColumn.isIn(table.schema(), CsvReader.MALFORMED)
            ? NamedColumn.of(CsvReader.MALFORMED)
            : functions.lit(null).cast(DataTypes.StringType).as(CsvReader.MALFORMED);
    List<Column> all = new ArrayList<>();
    for (String name : read.fieldNames()) {
      all.add(NamedColumn.of(name));
    }
    all.add(malformed);
    try {
      return select(
          all, functions.col("_metadata.file_path"), functions.col("_metadata.file_block_start"));
    } catch (Exception e) {
      // A source without files; Spark declares no such exception, and Scala throws it all the same.
      if (!(e instanceof AnalysisException)) {
        throw e;
      }
      return select(
          all,
          functions.lit(input.toString()),
          functions.spark_partition_id().cast(DataTypes.LongType));
    }
  }

  private Dataset<Row> select(List<Column> all, Column file, Column block) {
    return table.select(
        Stream.concat(all.stream(), Stream.of(file.as("__file__"), block.as("__block__")))
            .toArray(Column[]::new));
  }

  /** What else can be text, as dates, becomes it where text is asked for. */
  private static Column[] asked(Dataset<Row> table, Naming naming, RecordSpec spec) {
    Set<String> text = textColumns(spec);
    return Arrays.stream(table.schema().fields())
        .filter(
            field ->
                field.name().equals(naming.query())
                    || field.name().equals(CsvReader.MALFORMED)
                    || spec.context().containsKey(field.name())
                    || spec.examples().containsKey(field.name()))
        .map(
            field -> {
              Column column = NamedColumn.of(field.name());
              return text.contains(field.name()) && field.dataType() instanceof AtomicType
                  ? column.cast(DataTypes.StringType).as(field.name())
                  : column;
            })
        .toArray(Column[]::new);
  }

  /** Names of the columns that the spec has as text. */
  private static Set<String> textColumns(@Nullable RecordSpec spec) {
    Set<String> names = new HashSet<>();
    if (spec != null) {
      Stream.of(spec.context(), spec.examples())
          .flatMap(features -> features.entrySet().stream())
          .filter(feature -> feature.getValue().dtype() == DType.STRING)
          .forEach(feature -> names.add(feature.getKey()));
    }
    return names;
  }
}
