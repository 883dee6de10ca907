package io.rankline.spark.table;

import io.rankline.data.ListBatch;
import io.rankline.data.WeightLayout;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.spark.source.schema.RowForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Holds a spec against the schema of a table; all that does not fit is told at once. */
final class TableSchema {

  private final StructType schema;
  private final List<String> names;
  private final RowForm form;
  private final List<String> problems = new ArrayList<>();

  TableSchema(StructType schema, RowForm form) {
    this.schema = schema;
    this.names = Arrays.asList(schema.fieldNames());
    this.form = form;
  }

  /**
   * The columns that lists of the spec are made of.
   *
   * @param group column that tells queries apart; null only where a row is a list
   * @throws IllegalArgumentException for columns that are missing or of other types, one line each
   */
  TableColumns columns(RecordSpec spec, @Nullable String group) {
    boolean ofLists = form == RowForm.LIST;
    int groupAt = group == null ? TableColumns.NONE : group(group);
    Map<String, TableColumn> context = features(spec.context(), false);
    Map<String, TableColumn> examples = features(spec.examples(), ofLists);
    List<TableColumn> labels = new ArrayList<>();
    for (LabelSpec label : spec.labels()) {
      add(labels, number(label.name(), label.feature(), "label", ofLists));
    }
    WeightSpec weight = spec.weight();
    TableColumn weightColumn =
        weight == null
            ? null
            : number(
                weight.name(),
                weight.feature(),
                "weight",
                ofLists && weight.scope() == WeightLayout.PER_ITEM);
    int mask = ofLists ? names.indexOf(ListBatch.MASK_NAME) : TableColumns.NONE;
    if (mask >= 0 && !schema.fields()[mask].dataType().catalogString().equals("array<boolean>")) {
      problem(mask, "must be array<boolean>, a mask of the items");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new TableColumns(spec.layout(), context, examples, labels, weightColumn, groupAt, mask);
  }

  private Map<String, TableColumn> features(Map<String, FeatureSpec> specs, boolean inArray) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    specs.forEach(
        (name, feature) -> {
          int at = ordinal(name, "feature");
          DataType type = at < 0 ? null : valueType(at, inArray);
          if (type != null) {
            requireType(at, type, feature);
            columns.put(name, new TableColumn(name, at, feature, "feature"));
          }
        });
    return columns;
  }

  private @Nullable TableColumn number(
      String name, FixedLenFeature feature, String role, boolean inArray) {
    int at = ordinal(name, role);
    DataType type = at < 0 ? null : valueType(at, inArray);
    if (type != null && !isNumber(type)) {
      problem(at, "must be a number, a " + role + "; cast it, or index text with a StringIndexer");
    }
    return at < 0 ? null : new TableColumn(name, at, feature, role);
  }

  private int group(String name) {
    int at = ordinal(name, "group");
    if (at >= 0) {
      DataType type = schema.fields()[at].dataType();
      boolean isReal = type instanceof FloatType || type instanceof DoubleType;
      if (isReal || isContainer(type)) {
        problem(at, "must be text or an integer, the group; cast it to bigint or string");
      }
    }
    return at;
  }

  private int ordinal(String name, String role) {
    int at = names.indexOf(name);
    if (at < 0) {
      problems.add(NamedColumn.missing(schema, name, " for the " + role));
    }
    return at;
  }

  /** The type of an item's cell; null after a fault. */
  private @Nullable DataType valueType(int at, boolean inArray) {
    DataType type = schema.fields()[at].dataType();
    if (!inArray) {
      return type;
    }
    if (type instanceof ArrayType array) {
      return array.elementType();
    }
    problem(at, "must be an array with an element an item, since a row is a list");
    return null;
  }

  private void requireType(int at, DataType type, FeatureSpec feature) {
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    DataType value = type instanceof ArrayType array ? array.elementType() : type;
    int width = feature instanceof FixedLenFeature fixed ? fixed.width() : TableColumn.ANY_WIDTH;
    boolean isWide = isVector || type instanceof ArrayType;
    boolean fits =
        feature.dtype() == DType.STRING
            ? value instanceof StringType || value instanceof BinaryType || isWhole(value)
            : isNumber(value) || (isVector && feature.dtype() == DType.FLOAT32);
    if (!fits || (width > 1 && !isWide)) {
      problem(
          at,
          "must hold %s, as its feature says"
              .formatted(
                  width > 1
                      ? "arrays of %s values of %s".formatted(width, feature.dtype().wireName())
                      : feature.dtype().wireName()));
    }
  }

  private void problem(int at, String rule) {
    problems.add(
        "column '%s' %s; it has type %s"
            .formatted(names.get(at), rule, schema.fields()[at].dataType().catalogString()));
  }

  private static void add(List<TableColumn> columns, @Nullable TableColumn column) {
    if (column != null) {
      columns.add(column);
    }
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  private static boolean isWhole(DataType type) {
    return isNumber(type)
        && !(type instanceof FloatType)
        && !(type instanceof DoubleType)
        && !(type instanceof DecimalType decimal && decimal.scale() > 0);
  }

  private static boolean isContainer(DataType type) {
    return type instanceof ArrayType
        || type instanceof StructType
        || type instanceof MapType
        || type.equals(SQLDataTypes.VectorType());
  }
}
