package io.rankline.spark.source.schema;

import io.rankline.data.ListBatch;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * One column of a DataFrame of lists or items.
 *
 * @param name name of the column
 * @param role what it is to the list
 * @param features the features it shows: one, or for assembled columns any number, in the order of
 *     their names
 */
public record SourceColumn(String name, ColumnRole role, List<SourceFeature> features)
    implements Serializable {

  public static final String MASK_NAME = ListBatch.MASK_NAME;
  static final String SIZE_NAME = "__list_size__";
  static final String FEATURES_NAME = "features";
  static final String CONTEXT_FEATURES_NAME = "context_features";

  public SourceColumn {
    features = List.copyOf(features);
  }

  static SourceColumn of(ColumnRole role, SourceFeature feature) {
    return new SourceColumn(feature.name(), role, List.of(feature));
  }

  static SourceColumn mask() {
    return new SourceColumn(MASK_NAME, ColumnRole.MASK, List.of());
  }

  static SourceColumn size() {
    return new SourceColumn(SIZE_NAME, ColumnRole.SIZE, List.of());
  }

  /** The only feature of the column. */
  public SourceFeature feature() {
    return features.get(0);
  }

  /** Whether the values are those of items. */
  public boolean isOfItems() {
    return role == ColumnRole.EXAMPLE || role == ColumnRole.FEATURES;
  }

  /** Whether it says of a list what its records say by themselves. */
  public boolean isMadeUp() {
    return role == ColumnRole.MASK || role == ColumnRole.SIZE;
  }

  /** The type of the column where a row is a list, or ({@code form} is FLAT) an item. */
  public DataType type(RowForm form) {
    return switch (role) {
      case CONTEXT -> feature().valueType();
      case EXAMPLE -> perItem(feature().valueType(), form);
      case CONTEXT_FEATURES -> floats();
      case FEATURES -> perItem(floats(), form);
      case MASK -> new ArrayType(DataTypes.BooleanType, true);
      case SIZE -> DataTypes.IntegerType;
      case GENERATED_QUERY -> DataTypes.StringType;
    };
  }

  /** The column as a field of a schema, its features described in the metadata. */
  public StructField field(RowForm form) {
    return new StructField(name, type(form), true, ColumnMetadata.of(this));
  }

  private static DataType perItem(DataType type, RowForm form) {
    return form == RowForm.FLAT ? type : new ArrayType(type, true);
  }

  private static DataType floats() {
    return new ArrayType(DataTypes.FloatType, true);
  }
}
