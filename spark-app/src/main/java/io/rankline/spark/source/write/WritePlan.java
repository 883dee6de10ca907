package io.rankline.spark.source.write;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.source.schema.ColumnResolver;
import io.rankline.spark.source.schema.RecordFeatures;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.source.schema.SourceColumn;
import io.rankline.spark.source.schema.SourceFeature;
import io.rankline.spark.source.schema.SourceOptions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How rows of one schema become records; everything that can be wrong with the schema is reported
 * when it is made, before any task runs. Travels to executors.
 *
 * @param columns columns that are features, in the order of the schema
 * @param mask ordinal of the mask, or -1
 * @param query ordinal of the query column, or -1 for rows that are lists
 * @param order ordinal of the number that gives the order of items, or -1
 * @param options of the write
 */
public record WritePlan(
    List<InputColumn> columns, int mask, int query, int order, SourceOptions options)
    implements Serializable {

  static final int NONE = -1;

  public WritePlan {
    columns = List.copyOf(columns);
  }

  /**
   * The plan for rows of that schema.
   *
   * @throws IllegalArgumentException for all that is wrong with it, one line each
   */
  public static WritePlan of(
      StructType schema, SourceOptions options, Configuration configuration) {
    List<String> problems = new ArrayList<>();
    if (options.recordFormat() != RecordFormat.ELWC
        && options.recordFormat() != RecordFormat.TF_EXAMPLE) {
      problems.add(
          "recordFormat %s can be read but not written; write elwc or tfexample"
              .formatted(options.recordFormat().shortName()));
    }
    ColumnResolver resolver = ColumnResolver.of(options, configuration);
    List<InputColumn> columns = new ArrayList<>();
    int mask = NONE;
    int query = NONE;
    int order = NONE;
    StructField[] fields = schema.fields();
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].name().equals(options.queryColumn())) {
        query = i;
        requireQueryType(fields[i], problems);
      }
      if (fields[i].name().equals(SourceWrite.ORDER)) {
        order = i;
        continue;
      }
      SourceColumn column = resolver.resolve(fields[i], problems);
      if (column == null) {
        continue;
      }
      switch (column.role()) {
        case MASK -> {
          mask = i;
          requireMaskType(fields[i], problems);
        }
        case SIZE, GENERATED_QUERY -> {} // says nothing that the record does not
        default -> {
          InputColumn input = new InputColumn(i, column, fields[i].dataType());
          requireConvertible(input, options.form(), problems);
          columns.add(input);
        }
      }
    }
    if (options.queryColumn() != null && query == NONE) {
      problems.add("queryColumn '%s' is not among the columns".formatted(options.queryColumn()));
    }
    requireEachFeatureOnce(columns, problems);
    if (resolver.spec() != null) {
      requireColumnsFor(resolver.spec(), columns, problems);
    }
    if (problems.isEmpty() && columns.stream().noneMatch(input -> input.column().isOfItems())) {
      problems.add(
          options.form() == RowForm.LIST
              ? "no column is an example feature; one must be an array with a value for each item,"
                  + " or give queryColumn for rows of one item each"
              : "no column is an example feature");
    }
    ColumnResolver.throwIfAny(problems);
    return new WritePlan(columns, mask, query, order, options);
  }

  /** What an encoder is to write: a NaN and an empty row stand for a feature that is left out. */
  RecordSpec encodedSpec() {
    SortedMap<String, FeatureSpec> context = new TreeMap<>();
    SortedMap<String, FeatureSpec> examples = new TreeMap<>();
    for (InputColumn input : columns) {
      for (SourceFeature feature : input.column().features()) {
        FeatureSpec spec =
            feature.isDense()
                ? ((FixedLenFeature) feature.spec()).withDefault(Float.NaN)
                : new RaggedFeature(feature.dtype());
        (input.column().isOfItems() ? examples : context).put(feature.name(), spec);
      }
    }
    return new RecordSpec(context, examples, List.of(), null);
  }

  private static void requireConvertible(InputColumn input, RowForm form, List<String> problems) {
    DataType expected = input.column().type(form);
    int depth = new InputColumn(input.ordinal(), input.column(), expected).depth();
    DType dtype = input.column().features().isEmpty() ? DType.FLOAT32 : dtypeOf(input.column());
    DType given = ColumnResolver.dtypeOf(input.valueType());
    boolean fits = given == dtype || (dtype == DType.FLOAT32 && given == DType.INT64);
    if (depth != input.depth() || !fits) {
      problems.add(
          "column '%s' has type %s, but its spec asks for %s"
              .formatted(input.name(), input.type().catalogString(), expected.catalogString()));
    }
  }

  private static DType dtypeOf(SourceColumn column) {
    return column.features().get(0).dtype();
  }

  private static void requireMaskType(StructField field, List<String> problems) {
    if (!ColumnResolver.same(field.dataType(), new ArrayType(DataTypes.BooleanType, true))) {
      problems.add(
          "column '%s' has type %s; the mask must be array<boolean>"
              .formatted(field.name(), field.dataType().catalogString()));
    }
  }

  private static void requireQueryType(StructField field, List<String> problems) {
    DType dtype = ColumnResolver.dtypeOf(field.dataType());
    if (dtype == null || dtype == DType.FLOAT32) {
      problems.add(
          "queryColumn '%s' has type %s; it must be text or an integer"
              .formatted(field.name(), field.dataType().catalogString()));
    }
  }

  private static void requireEachFeatureOnce(List<InputColumn> columns, List<String> problems) {
    Map<String, String> taken = new HashMap<>();
    for (InputColumn input : columns) {
      for (SourceFeature feature : input.column().features()) {
        String other =
            taken.put((input.column().isOfItems() ? "e:" : "c:") + feature.name(), input.name());
        if (other != null) {
          problems.add(
              "feature '%s' is in column '%s' and in column '%s'"
                  .formatted(feature.name(), other, input.name()));
        }
      }
    }
  }

  private static void requireColumnsFor(
      RecordFeatures spec, List<InputColumn> columns, List<String> problems) {
    List<SourceFeature> wanted = new ArrayList<>(spec.context());
    wanted.addAll(spec.examples());
    for (SourceFeature feature : wanted) {
      boolean required =
          feature.spec() instanceof FixedLenFeature fixed
              && !fixed.hasDefault()
              && !feature.nullWhenMissing();
      if (required
          && columns.stream().noneMatch(input -> input.column().features().contains(feature))) {
        problems.add(
            "feature '%s' of the spec has no default and no column".formatted(feature.name()));
      }
    }
  }
}
