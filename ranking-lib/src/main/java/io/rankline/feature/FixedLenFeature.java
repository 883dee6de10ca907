package io.rankline.feature;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A feature of a fixed number of values.
 *
 * <p>A record that lacks it gets the default; without a default that is an error which names the
 * feature. Another number of values than the shape asks for, or values of another type, are errors.
 *
 * <p>A float default may be NaN: a value that no record can hold (NaN in a record is an error), so
 * it distinguishes "missing" from every value. The {@code elwc} source shows it as null.
 *
 * @param shape dimensions of one value tensor, each above 0; empty for a scalar, which is read like
 *     [1]
 * @param dtype type of every value
 * @param defaultValues what a record without the feature holds: {@link #width} values of the type
 *     (Float, Long or String), or none for "no default"
 */
public record FixedLenFeature(List<Integer> shape, DType dtype, List<?> defaultValues)
    implements FeatureSpec {

  /** The largest number of values a feature may have. */
  static final int MAX_WIDTH = 1 << 24;

  public FixedLenFeature {
    shape = List.copyOf(shape);
    defaultValues = List.copyOf(defaultValues);
    long width = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException("shape must have dimensions above 0, got " + shape);
      }
      width *= dimension;
      if (width > MAX_WIDTH) {
        throw new IllegalArgumentException(
            "shape must ask for at most %s values, got %s".formatted(MAX_WIDTH, shape));
      }
    }
    if (!defaultValues.isEmpty() && defaultValues.size() != width) {
      throw new IllegalArgumentException(
          "default must be one value or as many as the shape %s asks for, %s, got %s"
              .formatted(shape, width, defaultValues.size()));
    }
    Class<?> type = valueType(dtype);
    for (Object value : defaultValues) {
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException(
            "default must be of type %s, got %s".formatted(dtype.wireName(), value));
      }
    }
  }

  /**
   * Floats of that shape, without default.
   *
   * @param shape dimensions; none for a scalar
   */
  public static FixedLenFeature float32(Integer... shape) {
    return new FixedLenFeature(Arrays.asList(shape), DType.FLOAT32, List.of());
  }

  /**
   * Integers of that shape, without default.
   *
   * @param shape dimensions; none for a scalar
   */
  public static FixedLenFeature int64(Integer... shape) {
    return new FixedLenFeature(Arrays.asList(shape), DType.INT64, List.of());
  }

  /**
   * Strings of that shape, without default.
   *
   * @param shape dimensions; none for a scalar
   */
  public static FixedLenFeature string(Integer... shape) {
    return new FixedLenFeature(Arrays.asList(shape), DType.STRING, List.of());
  }

  /** The same feature with this default in every position; the type must be float32 or int64. */
  public FixedLenFeature withDefault(float value) {
    if (dtype == DType.INT64 && value == Math.rint(value)) {
      return withDefault((long) value);
    }
    return withDefaultObject(value);
  }

  /** The same feature with this default in every position; the type must be int64 or float32. */
  public FixedLenFeature withDefault(long value) {
    return withDefaultObject(dtype == DType.FLOAT32 ? (Object) (float) value : (Object) value);
  }

  /** The same feature with this default in every position; the type must be string. */
  public FixedLenFeature withDefault(String value) {
    return withDefaultObject(value);
  }

  /** Number of values: the product of the shape. */
  public int width() {
    int width = 1;
    for (int dimension : shape) {
      width *= dimension;
    }
    return width;
  }

  /** Whether a record may lack the feature. */
  public boolean hasDefault() {
    return !defaultValues.isEmpty();
  }

  private FixedLenFeature withDefaultObject(Object value) {
    return new FixedLenFeature(shape, dtype, Collections.nCopies(width(), value));
  }

  private static Class<?> valueType(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> Float.class;
      case INT64 -> Long.class;
      case STRING -> String.class;
    };
  }
}
