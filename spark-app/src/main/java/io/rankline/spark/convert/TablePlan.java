package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.spark.table.TableColumn;
import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What the columns of a table become: features of items or of their query, each of a type. */
final class TablePlan {

  private final DataInput input;
  private final Naming naming;
  private final @Nullable RecordSpec spec;
  private final CsvColumns csv;
  private final StructType schema;

  /**
   * A plan.
   *
   * @param spec the columns to read and their types, or null for all as they are
   * @param csv what the cells of a CSV file were seen to be
   * @param schema all columns there are
   */
  TablePlan(
      DataInput input,
      Naming naming,
      @Nullable RecordSpec spec,
      CsvColumns csv,
      StructType schema) {
    this.input = input;
    this.naming = naming;
    this.spec = spec;
    this.csv = csv;
    this.schema = schema;
  }

  /**
   * Those columns.
   *
   * @throws UsageException with all that is wrong with them
   */
  List<TableRows.Column> columns(StructType selected) {
    List<TableRows.Column> planned = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> names = Arrays.asList(selected.fieldNames());
    if (schema.isEmpty()) {
      throw new UsageException(input + ": there are no columns; is it empty?");
    }
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
      DType own = valuesOf(type);
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

  /** The type of a column's values, one or an array of them; null for one that no feature holds. */
  static @Nullable DType valuesOf(DataType type) {
    return dtype(
        type.equals(SQLDataTypes.VectorType())
            ? DataTypes.DoubleType
            : type instanceof ArrayType array ? array.elementType() : type);
  }
}
