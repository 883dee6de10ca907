package io.rankline.io.example;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.ValueColumn;
import io.rankline.feature.DType;
import java.util.Arrays;

/**
 * Collects one feature's rows for a {@link ValueColumn}. A row can be written again until it ends.
 */
public final class ColumnBuilder {

  private final DType dtype;
  private int[] offsets = new int[1];
  private int row;
  private int count;
  private float[] floats = {};
  private long[] longs = {};
  private byte[] bytes = {};
  private int[] ends = {};

  public ColumnBuilder(DType dtype) {
    this.dtype = dtype;
  }

  public void reset(int rows) {
    offsets = new int[rows + 1];
    row = 0;
    count = 0;
    floats = new float[0];
    longs = new long[0];
    bytes = new byte[0];
    ends = new int[0];
  }

  /** Makes these values, read from {@code source}, the open row. */
  public void set(FeatureValues values, byte[] source) {
    clearRow();
    int added = values.count();
    switch (dtype) {
      case FLOAT32 -> {
        floats = reserve(floats, added);
        System.arraycopy(values.floats(), 0, floats, count, added);
      }
      case INT64 -> {
        if (count + added > longs.length) {
          longs = Arrays.copyOf(longs, grown(longs.length, count + added));
        }
        System.arraycopy(values.longs(), 0, longs, count, added);
      }
      case STRING -> {
        for (int v = 0; v < added; v++) {
          addBytes(source, values.starts()[v], values.ends()[v], count + v);
        }
      }
    }
    count += added;
  }

  /** Makes the one row of {@code column} the open row. */
  public void set(ValueColumn column) {
    clearRow();
    int added = column.count(0);
    if (column instanceof FloatColumn from) {
      floats = reserve(floats, added);
      System.arraycopy(from.values(), 0, floats, count, added);
    } else if (column instanceof LongColumn from) {
      if (count + added > longs.length) {
        longs = Arrays.copyOf(longs, grown(longs.length, count + added));
      }
      System.arraycopy(from.values(), 0, longs, count, added);
    } else if (column instanceof BytesColumn from) {
      for (int v = 0; v < added; v++) {
        addBytes(from.bytes(), from.byteStart(v), from.ends()[v], count + v);
      }
    }
    count += added;
  }

  /** Empties the open row. */
  void clearRow() {
    count = offsets[row];
  }

  public void endRow() {
    offsets[++row] = count;
  }

  public ValueColumn build() {
    return switch (dtype) {
      case FLOAT32 -> new FloatColumn(Arrays.copyOf(floats, count), offsets);
      case INT64 -> new LongColumn(Arrays.copyOf(longs, count), offsets);
      case STRING ->
          new BytesColumn(
              Arrays.copyOf(bytes, count == 0 ? 0 : ends[count - 1]),
              Arrays.copyOf(ends, count),
              offsets);
    };
  }

  private float[] reserve(float[] array, int added) {
    return count + added > array.length
        ? Arrays.copyOf(array, grown(array.length, count + added))
        : array;
  }

  private void addBytes(byte[] source, int from, int to, int at) {
    if (at == ends.length) {
      ends = Arrays.copyOf(ends, grown(at, at + 1));
    }
    int start = at == 0 ? 0 : ends[at - 1];
    int end = start + to - from;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, end));
    }
    System.arraycopy(source, from, bytes, start, to - from);
    ends[at] = end;
  }

  private static int grown(int length, int needed) {
    return Math.max(Math.max(2 * length, 16), needed);
  }
}
