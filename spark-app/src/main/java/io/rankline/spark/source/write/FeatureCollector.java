package io.rankline.spark.source.write;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.ValueColumn;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.spark.source.schema.SourceFeature;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;

/** Collects one feature's values from rows: one row of values for the query, or for each item. */
final class FeatureCollector {

  private final SourceFeature feature;
  private final DataType type;
  private final boolean ofItems;
  private final boolean mayBeMissing;
  private float[] floats = new float[64];
  private long[] longs = new long[0];
  private byte[] bytes = new byte[0];
  private int[] ends = new int[0];
  private int[] offsets = new int[64];
  private int rows;
  private int count;

  /**
   * A collector.
   *
   * @param type of single values in the rows
   */
  FeatureCollector(SourceFeature feature, DataType type, boolean ofItems) {
    this.feature = feature;
    this.type = type;
    this.ofItems = ofItems;
    this.mayBeMissing =
        feature.nullWhenMissing()
            || !(feature.spec() instanceof FixedLenFeature fixed)
            || fixed.hasDefault();
  }

  SourceFeature feature() {
    return feature;
  }

  void clear() {
    rows = 0;
    count = 0;
  }

  /** Adds a row: the value, or the array of values, that stands at {@code at}. */
  void add(SpecializedGetters from, int at) {
    if (from.isNullAt(at)) {
      addMissing();
    } else if (feature.isWide()) {
      ArrayData values = from.getArray(at);
      addValues(values, 0, values.numElements());
    } else {
      addValues(from, at, 1);
    }
  }

  /**
   * Adds a row: {@code width} values from {@code at} on, all of them null for a missing feature.
   */
  void addSlice(ArrayData from, int at) {
    int nulls = 0;
    for (int i = 0; i < feature.width(); i++) {
      nulls += from.isNullAt(at + i) ? 1 : 0;
    }
    if (nulls == feature.width()) {
      addMissing();
    } else {
      addValues(from, at, feature.width());
    }
  }

  /** Adds a row of a feature that the record will not hold. */
  void addMissing() {
    if (!mayBeMissing) {
      throw fault("is null, but its spec has no default");
    }
    if (feature.isDense()) {
      reserveFloats(feature.width());
      Arrays.fill(floats, count, count + feature.width(), Float.NaN);
      count += feature.width();
    }
    endRow();
  }

  private void addValues(SpecializedGetters from, int at, int added) {
    if (feature.width() != SourceFeature.ANY_WIDTH && added != feature.width()) {
      throw fault("has %s values, but its spec asks for %s".formatted(added, feature.width()));
    }
    if (feature.dtype() == DType.FLOAT32) {
      reserveFloats(added);
    }
    for (int i = 0; i < added; i++) {
      if (from.isNullAt(at + i)) {
        throw fault("holds null among its values");
      }
      switch (feature.dtype()) {
        case FLOAT32 -> floats[count] = number(from, at + i);
        case INT64 -> addLong(Numbers.toLong(from, at + i, type));
        case STRING -> addBytes(Numbers.toBytes(from, at + i, type));
      }
      count++;
    }
    endRow();
  }

  private float number(SpecializedGetters from, int at) {
    float value = Numbers.toFloat(from, at, type);
    if (Float.isNaN(value)) {
      throw fault("is NaN; null stands for a missing value");
    }
    if (Float.isInfinite(value) && !Numbers.isInfinite(from, at, type)) {
      throw fault("is too large for a float");
    }
    return value;
  }

  private void addLong(long value) {
    if (count == longs.length) {
      longs = Arrays.copyOf(longs, Math.max(64, 2 * count));
    }
    longs[count] = value;
  }

  private void addBytes(byte[] value) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, Math.max(64, 2 * count));
    }
    int start = count == 0 ? 0 : ends[count - 1];
    int end = Math.addExact(start, value.length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(value, 0, bytes, start, value.length);
    ends[count] = end;
  }

  private void reserveFloats(int added) {
    if (count + added > floats.length) {
      floats = Arrays.copyOf(floats, Math.max(count + added, 2 * floats.length));
    }
  }

  private void endRow() {
    rows++;
    if (rows == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * rows);
    }
    offsets[rows] = count;
  }

  /** Puts the dense values of all rows into a block, from {@code column} of each of its rows. */
  void fill(float[] block, int stride, int column) {
    int width = feature.width();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        block[row * stride + column + i] = floats[row * width + i];
      }
    }
  }

  /** The rows of a feature that is not dense. */
  ValueColumn build() {
    int[] ownOffsets = Arrays.copyOf(offsets, rows + 1);
    return switch (feature.dtype()) {
      case FLOAT32 -> new FloatColumn(Arrays.copyOf(floats, count), ownOffsets);
      case INT64 -> new LongColumn(Arrays.copyOf(longs, count), ownOffsets);
      case STRING ->
          new BytesColumn(
              Arrays.copyOf(bytes, count == 0 ? 0 : ends[count - 1]),
              Arrays.copyOf(ends, count),
              ownOffsets);
    };
  }

  private RowFault fault(String what) {
    String place = ofItems ? "of item " + rows : "of the context";
    return new RowFault("feature '%s' %s %s".formatted(feature.name(), place, what));
  }
}
