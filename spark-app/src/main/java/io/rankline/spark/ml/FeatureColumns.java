package io.rankline.spark.ml;

import io.rankline.data.ListBatch;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.WeightSpec;
import io.rankline.spark.table.NamedColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The features that the columns of a table stand for, where no configuration describes them. */
final class FeatureColumns {

  private final Params owner;
  private final RankerParams params;
  private final Dataset<Row> data;
  private final boolean ofLists;

  private FeatureColumns(Params owner, RankerParams params, Dataset<Row> data) {
    this.owner = owner;
    this.params = params;
    this.data = data;
    this.ofLists = holdsLists(data.schema());
  }

  /** Whether a row is a list, as the {@code elwc} source gives it. */
  static boolean holdsLists(StructType schema) {
    return NamedColumn.isIn(schema, ListBatch.MASK_NAME);
  }

  /**
   * The columns that params name, checked to be there.
   *
   * @throws IllegalArgumentException for those that are not, one line each
   */
  static List<String> required(Params owner, RankerParams params, StructType schema) {
    List<String> problems = new ArrayList<>();
    List<String> names = new ArrayList<>();
    if (owner.isSet(params.groupCol)) {
      names.add(require(schema, "groupCol", owner.getOrDefault(params.groupCol), problems));
    } else if (!holdsLists(schema)) {
      problems.add(
          "groupCol must be set to the column that tells queries apart; columns are "
              + String.join(", ", schema.fieldNames()));
    }
    boolean described = owner.isSet(params.configuration);
    if (owner.isSet(params.labelCol) || !described) {
      names.add(require(schema, "labelCol", owner.getOrDefault(params.labelCol), problems));
    }
    if (owner.isSet(params.weightCol)) {
      names.add(require(schema, "weightCol", owner.getOrDefault(params.weightCol), problems));
    }
    if (owner.isSet(params.validationIndicatorCol)) {
      String column = owner.getOrDefault(params.validationIndicatorCol);
      names.add(require(schema, "validationIndicatorCol", column, problems));
    }
    if (owner.isSet(params.featureCols)) {
      addAll(schema, "featureCols", owner.getOrDefault(params.featureCols), names, problems);
    } else if (owner.isSet(params.featuresCol) || !described) {
      names.add(require(schema, "featuresCol", owner.getOrDefault(params.featuresCol), problems));
    }
    if (owner.isSet(params.contextCols)) {
      addAll(schema, "contextCols", owner.getOrDefault(params.contextCols), names, problems);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return names;
  }

  private static void addAll(
      StructType schema,
      String param,
      String[] columns,
      List<String> names,
      List<String> problems) {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      names.add(require(schema, param, column, problems));
      if (!seen.add(column)) {
        problems.add("%s names column '%s' twice".formatted(param, column));
      }
    }
  }

  private static String require(
      StructType schema, String param, String column, List<String> problems) {
    if (!NamedColumn.isIn(schema, column)) {
      problems.add(param + ": " + NamedColumn.missing(schema, column, ""));
    }
    return column;
  }

  /**
   * What is read of the columns that params name. Numbers, arrays and vectors are float32 and have
   * to be there in every row; reads a row where the width of one is not known otherwise.
   *
   * @throws IllegalArgumentException for columns of types that are no features
   */
  static RecordSpec spec(Params owner, RankerParams params, Dataset<Row> data) {
    return new FeatureColumns(owner, params, data).read();
  }

  private RecordSpec read() {
    SortedMap<String, FeatureSpec> examples = new TreeMap<>();
    SortedMap<String, FeatureSpec> context = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    String[] columns =
        owner.isSet(params.featureCols)
            ? owner.getOrDefault(params.featureCols)
            : new String[] {owner.getOrDefault(params.featuresCol)};
    for (String column : columns) {
      put(examples, column, ofLists, problems);
    }
    if (owner.isSet(params.contextCols)) {
      for (String column : owner.getOrDefault(params.contextCols)) {
        put(context, column, false, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    RecordSpec features =
        RecordSpec.of(context, examples)
            .withLabels(
                LabelSpec.of(owner.getOrDefault(params.labelCol), FixedLenFeature.float32(1)));
    return owner.isSet(params.weightCol)
        ? features.withWeight(
            WeightSpec.perItem(owner.getOrDefault(params.weightCol), FixedLenFeature.float32(1)))
        : features;
  }

  private void put(
      SortedMap<String, FeatureSpec> features,
      String column,
      boolean inArray,
      List<String> problems) {
    StructField field = data.schema().apply(column);
    DataType type = field.dataType();
    if (inArray && type instanceof ArrayType array) {
      type = array.elementType();
    }
    boolean isArray = type instanceof ArrayType;
    DataType value = type instanceof ArrayType array ? array.elementType() : type;
    if (value instanceof StringType) {
      features.put(column, isArray ? new VarLenFeature(DType.STRING) : FixedLenFeature.string(1));
    } else if (type.equals(SQLDataTypes.VectorType()) || isArray) {
      int width = width(field, inArray, problems);
      if (width > 0) {
        features.put(column, FixedLenFeature.float32(width));
      }
    } else {
      features.put(column, FixedLenFeature.float32(1));
    }
  }

  /** Values of a vector or array: as its metadata says, else as the first one has. */
  private int width(StructField field, boolean inArray, List<String> problems) {
    if (field.dataType().equals(SQLDataTypes.VectorType())) {
      int said = AttributeGroup.fromStructField(field).size();
      if (said > 0) {
        return said;
      }
    }
    Column column = NamedColumn.of(field.name());
    Column cell = inArray ? functions.element_at(column, 1) : column;
    List<Row> first =
        data.select(cell.as("cell")).where("cell is not null").limit(1).collectAsList();
    Object found = first.isEmpty() ? null : first.get(0).get(0);
    int width = found == null ? 0 : sizeOf(found);
    if (width == 0) {
      problems.add(
          "column '%s' has no row with values, so that their number is not known"
              .formatted(field.name()));
    }
    return width;
  }

  private static int sizeOf(@Nullable Object cell) {
    return cell instanceof Vector vector
        ? vector.size()
        : cell instanceof scala.collection.Seq<?> values ? values.size() : 0;
  }
}
