package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.spark.table.NamedColumn;
import io.rankline.spark.table.TableColumn;
import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
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
  private final @Nullable RecordSpec spec;
  private final CsvColumns csv;
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
    this.spec = spec;
    // A spec says what columns are; otherwise the rows do. What is inspected is to be trained on,
    // and a model takes numbers as floats.
    CsvColumns seen =
        spec == null && input.format() == DataFormat.CSV
            ? CsvColumns.of(cells, naming.query())
            : CsvColumns.NONE;
    this.csv = readableOnly ? new CsvColumns(seen.numbers(), Set.of()) : seen;
    this.columns = plan(read);
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
        new TableReader(session, input).read(files, textColumns(asked), !readableOnly),
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
      if (dtype(valueType(field.dataType())) == null) {
        unread.put(field.name(), field.dataType().simpleString());
      }
    }
    return unread;
  }

  private static DataType valueType(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        ? DataTypes.DoubleType
        : type instanceof ArrayType array ? array.elementType() : type;
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

  private List<TableRows.Column> plan(StructType selected) {
    List<TableRows.Column> planned = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> names = Arrays.asList(selected.fieldNames());
    if (!names.contains(naming.query())) {
      problems.add(
          ("there is no column '%s' to hold the query; --query-column, or group_column in a"
                  + " configuration, names it, columns are %s")
              .formatted(naming.query(), String.join(", ", schema.fieldNames())));
    }
    for (String name : naming.contextColumns()) {
      if (!names.contains(name)) {
        problems.add("--context-columns: there is no column '%s'".formatted(name));
      }
    }
    naming
        .required()
        .forEach(
            (option, name) -> {
              if (!names.contains(name)) {
                problems.add(
                    "%s: there is no column '%s', columns are %s"
                        .formatted(option, name, String.join(", ", schema.fieldNames())));
              }
            });
    for (int c = 0; c < names.size(); c++) {
      String name = names.get(c);
      DataType type = selected.fields()[c].dataType();
      DType own = dtype(valueType(type));
      if (own == null) {
        problems.add(
            "column '%s' is of type %s; make it a number or a string first%s"
                .formatted(
                    name,
                    type.simpleString(),
                    spec == null ? ", or leave it out: --drop-columns " + name : ""));
        continue;
      }
      boolean ofContext =
          naming.isContext(name) || (spec != null && spec.context().containsKey(name));
      DType target = target(name, own, ofContext);
      if (own == DType.STRING && target != DType.STRING && input.format() != DataFormat.CSV) {
        problems.add(
            "column '%s' is of type %s, and %s is asked for; make it a number first"
                .formatted(name, type.simpleString(), target.wireName()));
      }
      if (name.equals(naming.query()) && type instanceof ArrayType) {
        problems.add(
            "column '%s' is of type %s, and a query is one value"
                .formatted(name, type.simpleString()));
      }
      planned.add(
          new TableRows.Column(
              new TableColumn(name, c, new VarLenFeature(target), "feature"), ofContext));
    }
    if (spec != null) {
      int others = problems.size();
      addMissing(problems, spec.context().keySet(), names);
      addMissing(problems, spec.examples().keySet(), names);
      if (problems.size() > others) {
        problems.add("columns are " + String.join(", ", schema.fieldNames()));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(input + ": " + String.join("; ", problems));
    }
    return planned;
  }

  private static void addMissing(
      List<String> problems, Set<String> features, List<String> columns) {
    for (String name : features) {
      if (!columns.contains(name)) {
        problems.add("there is no column '%s'".formatted(name));
      }
    }
  }

  /**
   * The type to write: what the spec says; in CSV, where 1 may be 1.0, floats for features, unless
   * there are whole numbers that no float holds.
   */
  private DType target(String name, DType own, boolean ofContext) {
    DType asked = specType(name);
    if (asked != null) {
      return asked;
    }
    if (own == DType.STRING && !csv.numbers().contains(name)) {
      return own;
    }
    if (name.equals(naming.query())) {
      return DType.INT64; // a name, if it is 7.0, as pandas writes it
    }
    if (name.equals(naming.label())) {
      return naming.labelType();
    }
    return input.format() == DataFormat.CSV && !ofContext && !csv.whole().contains(name)
        ? DType.FLOAT32
        : own;
  }

  private @Nullable DType specType(String name) {
    if (spec == null) {
      return null;
    }
    if (spec.context().containsKey(name)) {
      return spec.context().get(name).dtype();
    }
    return spec.examples().containsKey(name) ? spec.examples().get(name).dtype() : null;
  }

  private static @Nullable DType dtype(DataType type) {
    if (type.equals(DataTypes.FloatType)
        || type.equals(DataTypes.DoubleType)
        || type instanceof DecimalType) {
      return DType.FLOAT32;
    }
    if (type.equals(DataTypes.LongType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.ByteType)
        || type.equals(DataTypes.BooleanType)) {
      return DType.INT64;
    }
    return type.equals(DataTypes.StringType) || type.equals(DataTypes.BinaryType)
        ? DType.STRING
        : null;
  }
}
