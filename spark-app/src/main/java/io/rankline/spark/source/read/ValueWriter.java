package io.rankline.spark.source.read;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.feature.DType;
import io.rankline.spark.source.schema.SourceFeature;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeWriter;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes one feature's values of one query or item into a field of an unsafe row or an element of
 * an unsafe array: a single value, or an array of them.
 */
final class ValueWriter {

  private final ValuePlace place;
  private final DType dtype;
  private final boolean wide;
  private final boolean nullWhenMissing;
  private final UnsafeWriter target;
  private final UnsafeArrayWriter values;

  /**
   * A writer into fields or elements of {@code target}.
   *
   * @param place where lists keep the feature
   */
  ValueWriter(SourceFeature feature, ValuePlace place, UnsafeWriter target) {
    this.place = place;
    this.dtype = feature.dtype();
    this.wide = feature.isWide();
    this.nullWhenMissing = feature.nullWhenMissing();
    this.target = target;
    this.values = new UnsafeArrayWriter(target, elementSize(dtype));
  }

  /** The values of row {@code row} of the list's features. */
  void write(RankingList list, int row, int at) {
    if (place.isDense()) {
      float[] block = place.block(list);
      writeFloats(block, row * place.stride() + place.index(), place.width(), at);
    } else {
      writeRow(place.column(list), row, at);
    }
  }

  /** What stands where there is no item. */
  void writePadding(int at) {
    float[] numbers = place.paddingNumbers();
    ValueColumn padding = place.paddingColumn();
    if (numbers != null) {
      writeFloats(numbers, 0, numbers.length, at);
    } else if (padding != null) {
      writeRow(padding, 0, at);
    } else {
      setNull(at);
    }
  }

  private void writeFloats(float[] numbers, int from, int width, int at) {
    if (Float.isNaN(numbers[from])) {
      setNull(at);
    } else if (!wide) {
      target.write(at, numbers[from]);
    } else {
      int start = target.cursor();
      values.initialize(width);
      for (int i = 0; i < width; i++) {
        values.write(i, numbers[from + i]);
      }
      target.setOffsetAndSizeFromPreviousCursor(at, start);
    }
  }

  private void writeRow(ValueColumn column, int row, int at) {
    int count = column.count(row);
    if (count == 0 && nullWhenMissing) {
      setNull(at);
    } else if (!wide) {
      writeValue(target, column, column.start(row), at);
    } else {
      int start = target.cursor();
      values.initialize(count);
      for (int i = 0; i < count; i++) {
        writeValue(values, column, column.start(row) + i, i);
      }
      target.setOffsetAndSizeFromPreviousCursor(at, start);
    }
  }

  private static void writeValue(UnsafeWriter writer, ValueColumn column, int value, int at) {
    if (column instanceof LongColumn longs) {
      writer.write(at, longs.values()[value]);
    } else if (column instanceof BytesColumn strings) {
      int start = strings.byteStart(value);
      writer.write(at, UTF8String.fromBytes(strings.bytes(), start, strings.ends()[value] - start));
    } else if (column instanceof FloatColumn floats) {
      writer.write(at, floats.values()[value]);
    }
  }

  private void setNull(int at) {
    if (!wide && dtype == DType.FLOAT32) {
      target.setNull4Bytes(at);
    } else {
      target.setNull8Bytes(at);
    }
  }

  /** Bytes that one value takes in an unsafe array; strings are kept by offset and size. */
  private static int elementSize(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.BYTES : Long.BYTES;
  }
}
