package io.rankline.spark.source.schema;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.VarLenFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Column specs as the metadata of schema fields, under the key {@value #KEY}. Spark keeps metadata
 * through select, filter and the like, and in Parquet files and catalogs, so that what was read is
 * written back the same without options.
 */
final class ColumnMetadata {

  static final String KEY = "elwc";

  private static final String ROLE = "role";
  private static final String FEATURES = "features";
  private static final String NAME = "name";
  private static final String KIND = "kind";
  private static final String DTYPE = "dtype";
  private static final String SHAPE = "shape";
  private static final String DEFAULT = "default";
  private static final String NULL_WHEN_MISSING = "null_when_missing";
  private static final String FIXED_LEN = "fixed_len";
  private static final String VAR_LEN = "var_len";
  private static final String RAGGED = "ragged";

  private ColumnMetadata() {}

  static Metadata of(SourceColumn column) {
    Metadata[] features =
        column.features().stream().map(ColumnMetadata::write).toArray(Metadata[]::new);
    Metadata described =
        new MetadataBuilder()
            .putString(ROLE, column.role().wireName())
            .putMetadataArray(FEATURES, features)
            .build();
    return new MetadataBuilder().putMetadata(KEY, described).build();
  }

  /** The column that a field's metadata describes under the field's name; null without any. */
  static @Nullable SourceColumn read(StructField field) {
    if (!field.metadata().contains(KEY)) {
      return null;
    }
    Metadata described = field.metadata().getMetadata(KEY);
    ColumnRole role = ColumnRole.ofWireName(described.getString(ROLE));
    boolean one = role == ColumnRole.CONTEXT || role == ColumnRole.EXAMPLE;
    List<SourceFeature> features = new ArrayList<>();
    for (Metadata feature : described.getMetadataArray(FEATURES)) {
      features.add(read(one ? field.name() : feature.getString(NAME), feature));
    }
    return new SourceColumn(field.name(), role, features);
  }

  private static Metadata write(SourceFeature feature) {
    MetadataBuilder builder =
        new MetadataBuilder()
            .putString(NAME, feature.name())
            .putString(DTYPE, feature.dtype().wireName())
            .putBoolean(NULL_WHEN_MISSING, feature.nullWhenMissing());
    if (feature.spec() instanceof FixedLenFeature fixed) {
      builder
          .putString(KIND, FIXED_LEN)
          .putLongArray(SHAPE, fixed.shape().stream().mapToLong(Integer::longValue).toArray());
      if (fixed.hasDefault()) {
        putDefault(builder, fixed);
      }
    } else {
      builder.putString(KIND, feature.spec() instanceof VarLenFeature ? VAR_LEN : RAGGED);
    }
    return builder.build();
  }

  private static void putDefault(MetadataBuilder builder, FixedLenFeature fixed) {
    List<?> values = fixed.defaultValues();
    switch (fixed.dtype()) {
      case FLOAT32 ->
          builder.putDoubleArray(
              DEFAULT, values.stream().mapToDouble(value -> (Float) value).toArray());
      case INT64 ->
          builder.putLongArray(DEFAULT, values.stream().mapToLong(value -> (Long) value).toArray());
      case STRING -> builder.putStringArray(DEFAULT, values.toArray(new String[0]));
    }
  }

  private static SourceFeature read(String name, Metadata metadata) {
    DType dtype = DType.ofWireName(metadata.getString(DTYPE));
    FeatureSpec spec =
        switch (metadata.getString(KIND)) {
          case FIXED_LEN ->
              new FixedLenFeature(
                  Arrays.stream(metadata.getLongArray(SHAPE)).mapToObj(d -> (int) d).toList(),
                  dtype,
                  defaults(metadata, dtype));
          case VAR_LEN -> new VarLenFeature(dtype);
          default -> new RaggedFeature(dtype);
        };
    return new SourceFeature(name, spec, metadata.getBoolean(NULL_WHEN_MISSING));
  }

  private static List<?> defaults(Metadata metadata, DType dtype) {
    if (!metadata.contains(DEFAULT)) {
      return List.of();
    }
    return switch (dtype) {
      case FLOAT32 ->
          Arrays.stream(metadata.getDoubleArray(DEFAULT)).mapToObj(d -> (float) d).toList();
      case INT64 -> Arrays.stream(metadata.getLongArray(DEFAULT)).boxed().toList();
      case STRING -> List.of(metadata.getStringArray(DEFAULT));
    };
  }
}
