package io.rankline.pipeline.input.pass;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;

/** How much of the heap a list takes, by the sizes of a 64-bit JVM, rounded up. */
public final class HeapSize {

  /** Header of an object, and of an array with its length; without compressed references. */
  private static final int OBJECT = 16;

  private static final int ARRAY = 24;

  /** A reference without compression; heaps below 32 GB take half. */
  private static final int REFERENCE = 8;

  /** The record of a list: header, two ints, six references, and the place it is kept at. */
  private static final int LIST = OBJECT + 2 * Integer.BYTES + 8 * REFERENCE;

  /** The list object around the columns of a group. */
  private static final int GROUP = OBJECT + REFERENCE + ARRAY;

  private HeapSize() {}

  /** Bytes of a list, its layout left out: that is shared. */
  public static long of(RankingList list) {
    long bytes =
        LIST
            + array(list.context().length, Float.BYTES)
            + array(list.examples().length, Float.BYTES)
            + array(list.labels().length, Float.BYTES)
            + array(list.weights().length, Float.BYTES)
            + 2 * GROUP;
    for (ValueColumn column : list.contextColumns()) {
      bytes += of(column);
    }
    for (ValueColumn column : list.exampleColumns()) {
      bytes += of(column);
    }
    return bytes;
  }

  private static long of(ValueColumn column) {
    long bytes = 2 * REFERENCE + OBJECT + REFERENCE + array(column.offsets().length, Integer.BYTES);
    if (column instanceof FloatColumn floats) {
      return bytes + array(floats.values().length, Float.BYTES);
    }
    if (column instanceof LongColumn longs) {
      return bytes + array(longs.values().length, Long.BYTES);
    }
    BytesColumn strings = (BytesColumn) column;
    return bytes
        + REFERENCE
        + array(strings.bytes().length, Byte.BYTES)
        + array(strings.ends().length, Integer.BYTES);
  }

  private static long array(int length, int width) {
    return ARRAY + (((long) length * width + 7) & ~7L);
  }
}
