package io.rankline.spark.source.read;

import io.rankline.data.RankingList;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.Platform;

/** Writes one column of a row. */
interface Cell {

  /** The item of a row that is a whole list. */
  int WHOLE_LIST = -1;

  /**
   * Writes the column of the open row.
   *
   * @param item the item that the row is, or {@link #WHOLE_LIST}
   * @param length number of positions of a list, at least its size; the rest is padding
   */
  void write(RankingList list, int item, int length);

  /** A context feature. */
  record OfQuery(ValueWriter values, int ordinal) implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      values.write(list, 0, ordinal);
    }
  }

  /** An example feature of the item that the row is. */
  record OfItem(ValueWriter values, int ordinal) implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      values.write(list, item, ordinal);
    }
  }

  /** An example feature of all items. */
  record OfItems(UnsafeRowWriter row, UnsafeArrayWriter array, ValueWriter values, int ordinal)
      implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      int start = row.cursor();
      array.initialize(length);
      int size = list.size();
      for (int i = 0; i < size; i++) {
        values.write(list, i, i);
      }
      for (int i = size; i < length; i++) {
        values.writePadding(i);
      }
      row.setOffsetAndSizeFromPreviousCursor(ordinal, start);
    }
  }

  /**
   * One float of all items: what nearly all columns of ranking data are. Writes into the row's
   * buffer directly, past the calls that {@link OfItems} makes for each value.
   */
  record FloatOfItems(UnsafeRowWriter row, UnsafeArrayWriter array, ValuePlace place, int ordinal)
      implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      int start = row.cursor();
      array.initialize(length);
      byte[] buffer = row.getBuffer();
      long at = start + UnsafeArrayData.calculateHeaderPortionInBytes((long) length);
      float[] block = place.block(list);
      int stride = place.stride();
      int size = list.size();
      int from = place.index();
      for (int i = 0; i < size; i++) {
        float value = block[from];
        if (Float.isNaN(value)) {
          array.setNull4Bytes(i);
        } else {
          Platform.putFloat(buffer, at + (long) i * Float.BYTES, value);
        }
        from += stride;
      }
      float[] padding = place.paddingNumbers();
      for (int i = size; i < length; i++) {
        if (padding == null || Float.isNaN(padding[0])) {
          array.setNull4Bytes(i);
        } else {
          Platform.putFloat(buffer, at + (long) i * Float.BYTES, padding[0]);
        }
      }
      row.setOffsetAndSizeFromPreviousCursor(ordinal, start);
    }
  }

  /** All dense features of the query, or of the item that the row is. */
  record Assembled(AssembledWriter features, int ordinal) implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      features.write(list, Math.max(item, 0), ordinal);
    }
  }

  /** All dense features of all items. */
  record AssembledOfItems(
      UnsafeRowWriter row, UnsafeArrayWriter array, AssembledWriter features, int ordinal)
      implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      int start = row.cursor();
      array.initialize(length);
      for (int i = 0; i < length; i++) {
        if (i < list.size()) {
          features.write(list, i, i);
        } else {
          features.writePadding(i);
        }
      }
      row.setOffsetAndSizeFromPreviousCursor(ordinal, start);
    }
  }

  /** Which positions hold an item. */
  record Mask(UnsafeRowWriter row, UnsafeArrayWriter array, int ordinal) implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      int start = row.cursor();
      array.initialize(length);
      for (int i = 0; i < length; i++) {
        array.write(i, i < list.size());
      }
      row.setOffsetAndSizeFromPreviousCursor(ordinal, start);
    }
  }

  /** Number of items before truncation. */
  record Size(UnsafeRowWriter row, int ordinal) implements Cell {
    @Override
    public void write(RankingList list, int item, int length) {
      row.write(ordinal, list.originalSize());
    }
  }
}
