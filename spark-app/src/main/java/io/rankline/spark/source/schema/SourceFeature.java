package io.rankline.spark.source.schema;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * One feature of a record as a DataFrame shows it.
 *
 * @param name feature name
 * @param spec how its values are read; a fixed-length feature without default is required, unless
 *     {@code nullWhenMissing}
 * @param nullWhenMissing whether a record that lacks the feature shows null
 */
public record SourceFeature(String name, FeatureSpec spec, boolean nullWhenMissing)
    implements Serializable {

  /** Stands for any number of values. */
  public static final int ANY_WIDTH = -1;

  /** The feature that a spec describes; a default of NaN becomes null. */
  static SourceFeature of(String name, FeatureSpec spec) {
    if (spec instanceof FixedLenFeature fixed && hasNanDefault(fixed)) {
      return new SourceFeature(
          name, new FixedLenFeature(fixed.shape(), fixed.dtype(), List.of()), true);
    }
    return new SourceFeature(name, spec, false);
  }

  /** One value of that type, null where it is missing. */
  static SourceFeature optionalScalar(String name, DType dtype) {
    return new SourceFeature(name, new FixedLenFeature(List.of(1), dtype, List.of()), true);
  }

  /** Any number of values of that type. */
  static SourceFeature ragged(String name, DType dtype) {
    return new SourceFeature(name, new RaggedFeature(dtype), false);
  }

  public DType dtype() {
    return spec.dtype();
  }

  /** Number of values, or {@link #ANY_WIDTH}. */
  public int width() {
    return spec instanceof FixedLenFeature fixed ? fixed.width() : ANY_WIDTH;
  }

  /** Whether the values lie in the dense block of a list. */
  public boolean isDense() {
    return spec instanceof FixedLenFeature && dtype() == DType.FLOAT32;
  }

  /** Whether a value is an array of its own. */
  public boolean isWide() {
    return width() != 1;
  }

  /**
   * How the feature is decoded. A missing float is given by NaN, which no record holds; for other
   * types, which have no such value, by a row of no values, so that counts are to be checked with
   * {@code CountCheckingDecoder}.
   */
  FeatureSpec decodedSpec() {
    if (!nullWhenMissing || !(spec instanceof FixedLenFeature fixed)) {
      return spec;
    }
    return isDense() ? fixed.withDefault(Float.NaN) : new RaggedFeature(dtype());
  }

  /** Whether {@link #decodedSpec} lets pass numbers of values that the feature does not allow. */
  boolean needsCountCheck() {
    return nullWhenMissing && spec instanceof FixedLenFeature && !isDense();
  }

  /** The type of one value in a DataFrame. */
  DataType valueType() {
    DataType scalar =
        switch (dtype()) {
          case FLOAT32 -> DataTypes.FloatType;
          case INT64 -> DataTypes.LongType;
          case STRING -> DataTypes.StringType;
        };
    return isWide() ? new ArrayType(scalar, true) : scalar;
  }

  private static boolean hasNanDefault(FixedLenFeature fixed) {
    return fixed.defaultValues().stream()
        .anyMatch(value -> value instanceof Float number && number.isNaN());
  }
}
