package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reads CSV (with a header) and Parquet whose rows are items. */
final class TableSource {

  private final SparkSession session;
  private final Naming naming;
  private final @Nullable RecordSpec spec;

  TableSource(SparkSession session, Naming naming, @Nullable RecordSpec spec) {
    this.session = session;
    this.naming = naming;
    this.spec = spec == null ? null : spec.labelsAsFeatures();
  }

  /** The items of the files, in the order of files and rows. */
  JavaPairRDD<ItemKey, FlatItem> items(List<String> files, DataFormat format, Rejects rejects) {
    Dataset<Row> table = read(files, format);
    TableRows rows = new TableRows(plan(table.schema(), format), naming, rejects);
    return table
        .selectExpr(
            "*", "_metadata.file_path AS __file__", "_metadata.file_block_start AS __block__")
        .toJavaRDD()
        .mapPartitionsToPair(rows);
  }

  private Dataset<Row> read(List<String> files, DataFormat format) {
    String[] paths = files.toArray(new String[0]);
    DataFrameReader reader = session.read();
    if (format == DataFormat.PARQUET) {
      return reader.parquet(paths);
    }
    reader = reader.option("header", true).option("mode", "FAILFAST");
    StructType guessed = reader.option("inferSchema", true).csv(paths).schema();
    StructField[] fields =
        Arrays.stream(guessed.fields())
            .map(
                field ->
                    specType(field.name()) == DType.STRING
                        ? DataTypes.createStructField(field.name(), DataTypes.StringType, true)
                        : field)
            .toArray(StructField[]::new);
    return reader.option("inferSchema", false).schema(new StructType(fields)).csv(paths);
  }

  private List<TableRows.Column> plan(StructType schema, DataFormat format) {
    List<TableRows.Column> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.contains(naming.query())) {
      problems.add(
          "there is no column '%s' to hold the query; --query-column names it, columns are %s"
              .formatted(naming.query(), String.join(", ", names)));
    }
    for (String name : naming.contextColumns()) {
      if (!names.contains(name)) {
        problems.add("--context-columns: there is no column '%s'".formatted(name));
      }
    }
    for (int c = 0; c < names.size(); c++) {
      String name = names.get(c);
      DataType type = schema.fields()[c].dataType();
      boolean list = type instanceof ArrayType;
      DataType value = type instanceof ArrayType array ? array.elementType() : type;
      DType own = dtype(value);
      if (own == null) {
        problems.add(
            "column '%s' is of type %s; make it a number or a string first"
                .formatted(name, type.simpleString()));
        continue;
      }
      boolean ofContext =
          naming.isContext(name) || (spec != null && spec.context().containsKey(name));
      columns.add(
          new TableRows.Column(name, target(name, own, ofContext, format), list, ofContext));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(String.join("; ", problems));
    }
    return columns;
  }

  /** The type to write: what the spec says; in CSV, where 1 may be 1.0, floats for features. */
  private DType target(String name, DType own, boolean ofContext, DataFormat format) {
    DType asked = specType(name);
    if (asked != null) {
      return asked;
    }
    if (own == DType.STRING) {
      return own;
    }
    if (name.equals(naming.label())) {
      return naming.labelType();
    }
    return format == DataFormat.CSV && !ofContext ? DType.FLOAT32 : own;
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
