package io.rankline.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A column of byte strings, mostly UTF-8 text.
 *
 * @param bytes all strings, one after the other
 * @param ends end of each string in {@code bytes}; string {@code v} starts where {@code v - 1} ends
 * @param offsets ends of the rows, counted in strings, see {@link ValueColumn#offsets}
 */
public record BytesColumn(byte[] bytes, int[] ends, int[] offsets) implements ValueColumn {

  /** A column of one row. */
  public static BytesColumn ofRow(List<String> values) {
    int[] ends = new int[values.size()];
    byte[] bytes = String.join("", values).getBytes(StandardCharsets.UTF_8);
    int end = 0;
    for (int v = 0; v < ends.length; v++) {
      end += values.get(v).getBytes(StandardCharsets.UTF_8).length;
      ends[v] = end;
    }
    return new BytesColumn(bytes, ends, new int[] {0, ends.length});
  }

  /** Where string {@code v} starts in {@link #bytes}. */
  public int byteStart(int v) {
    return v == 0 ? 0 : ends[v - 1];
  }

  /** A copy of string {@code v}. */
  public byte[] value(int v) {
    return Arrays.copyOfRange(bytes, byteStart(v), ends[v]);
  }

  /** String {@code v}, read as UTF-8. */
  public String text(int v) {
    return new String(bytes, byteStart(v), ends[v] - byteStart(v), StandardCharsets.UTF_8);
  }

  @Override
  public BytesColumn select(int[] rows) {
    int[] selected = ValueColumn.selectOffsets(offsets, rows);
    int[] takenEnds = new int[selected[rows.length]];
    int length = 0;
    int v = 0;
    for (int row : rows) {
      for (int s = start(row); s < end(row); s++) {
        length = Math.addExact(length, ends[s] - byteStart(s));
        takenEnds[v++] = length;
      }
    }
    byte[] taken = new byte[length];
    int at = 0;
    for (int row : rows) {
      if (count(row) > 0) {
        int from = byteStart(start(row));
        int rowLength = ends[end(row) - 1] - from;
        System.arraycopy(bytes, from, taken, at, rowLength);
        at += rowLength;
      }
    }
    return new BytesColumn(taken, takenEnds, selected);
  }

  static BytesColumn concat(ValueColumn[] parts) {
    int[] joined = ValueColumn.concatOffsets(parts);
    int[] allEnds = new int[joined[joined.length - 1]];
    int length = 0;
    int v = 0;
    for (ValueColumn part : parts) {
      BytesColumn column = (BytesColumn) part;
      int values = column.offsets[column.rows()];
      for (int s = 0; s < values; s++) {
        allEnds[v++] = Math.addExact(length, column.ends[s]);
      }
      length += values == 0 ? 0 : column.ends[values - 1];
    }
    byte[] all = new byte[length];
    int at = 0;
    for (ValueColumn part : parts) {
      BytesColumn column = (BytesColumn) part;
      int values = column.offsets[column.rows()];
      int partLength = values == 0 ? 0 : column.ends[values - 1];
      System.arraycopy(column.bytes, 0, all, at, partLength);
      at += partLength;
    }
    return new BytesColumn(all, allEnds, joined);
  }
}
