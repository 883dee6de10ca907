package io.rankline.spark.source.schema;

import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.RecordFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the columns of a schema are: by the spec in the options, else by their metadata, else
 * by their types, where a single value is a context feature and an array an example feature.
 */
public final class ColumnResolver {

  private final SourceOptions options;
  private final @Nullable RecordFeatures spec;

  /** The columns of the spec by name; none without a spec. */
  private final Map<String, SourceColumn> specColumns = new HashMap<>();

  private ColumnResolver(SourceOptions options, @Nullable RecordFeatures spec) {
    this.options = options;
    this.spec = spec;
    if (spec != null) {
      spec.columns(options).forEach(column -> specColumns.put(column.name(), column));
    }
  }

  public static ColumnResolver of(SourceOptions options, Configuration configuration) {
    return new ColumnResolver(options, spec(options, configuration));
  }

  /**
   * The features that option {@code spec} or {@code specFile} describes, or null without either.
   */
  public static @Nullable RecordFeatures spec(SourceOptions options, Configuration configuration) {
    if (options.spec() != null) {
      return RecordFeatures.of(RecordSpecText.parse(options.spec(), "option spec"));
    }
    if (options.specFile() == null) {
      return null;
    }
    try (InputStream in = new RecordFiles(configuration).open(new Path(options.specFile()))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      RecordSpec parsed = RecordSpecText.parse(text, options.specFile());
      return RecordFeatures.of(parsed);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "option specFile: '%s' cannot be read: %s".formatted(options.specFile(), e.getMessage()),
          e);
    }
  }

  /** The spec's features, or null without a spec. */
  public @Nullable RecordFeatures spec() {
    return spec;
  }

  /**
   * The columns of a schema to be read.
   *
   * @throws IllegalArgumentException for columns of types that are not read so, one line each
   */
  public List<SourceColumn> forReading(StructType schema) {
    List<String> problems = new ArrayList<>();
    List<SourceColumn> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      SourceColumn column = resolve(field, problems);
      if (column != null) {
        columns.add(column);
        DataType readAs = column.type(options.form());
        if (!same(readAs, field.dataType())) {
          problems.add(
              "column '%s' has type %s, but is read as %s; declare it so"
                  .formatted(
                      field.name(), field.dataType().catalogString(), readAs.catalogString()));
        }
      }
    }
    throwIfAny(problems);
    return columns;
  }

  /** What a column is; null where {@code problems} were added. */
  public @Nullable SourceColumn resolve(StructField field, List<String> problems) {
    if (options.form() == RowForm.LIST && field.name().equals(SourceColumn.MASK_NAME)) {
      return SourceColumn.mask();
    }
    if (options.form() == RowForm.LIST && field.name().equals(SourceColumn.SIZE_NAME)) {
      return SourceColumn.size();
    }
    SourceColumn specified = specColumns.get(field.name());
    if (specified != null) {
      return specified;
    }
    SourceColumn described = ColumnMetadata.read(field);
    if (described != null && same(described.type(options.form()), field.dataType())) {
      return described;
    }
    if (spec != null && !field.name().equals(options.queryColumn())) {
      problems.add(
          "column '%s' is not in the spec; add it there or drop the column"
              .formatted(field.name()));
      return null;
    }
    return byType(field, problems);
  }

  private @Nullable SourceColumn byType(StructField field, List<String> problems) {
    boolean namedContext =
        options.contextColumns().contains(field.name())
            || field.name().equals(options.queryColumn());
    boolean context =
        namedContext
            || (options.form() == RowForm.LIST && !(field.dataType() instanceof ArrayType));
    boolean arrayOfItems = options.form() == RowForm.LIST && !context;
    DataType value = field.dataType();
    if (arrayOfItems && value instanceof ArrayType array) {
      value = array.elementType();
    }
    boolean wide = value instanceof ArrayType;
    if (value instanceof ArrayType array) {
      value = array.elementType();
    }
    DType dtype = dtypeOf(value);
    if (dtype == null) {
      problems.add(
          "column '%s' has type %s, which no record holds; cast it to float, bigint or string, or arrays of them, or drop it"
              .formatted(field.name(), field.dataType().catalogString()));
      return null;
    }
    SourceFeature feature =
        wide
            ? SourceFeature.ragged(field.name(), dtype)
            : SourceFeature.optionalScalar(field.name(), dtype);
    return SourceColumn.of(context ? ColumnRole.CONTEXT : ColumnRole.EXAMPLE, feature);
  }

  /** The type of record values that hold values of that type, or null for none. */
  public static @Nullable DType dtypeOf(DataType type) {
    if (type instanceof FloatType || type instanceof DoubleType) {
      return DType.FLOAT32;
    }
    if (type instanceof IntegralType || type instanceof BooleanType) {
      return DType.INT64;
    }
    return type instanceof StringType || type instanceof BinaryType ? DType.STRING : null;
  }

  public static void throwIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** Whether types are equal but for whether values may be null. */
  public static boolean same(DataType left, DataType right) {
    return left.catalogString().equals(right.catalogString());
  }
}
