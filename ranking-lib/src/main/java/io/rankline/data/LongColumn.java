package io.rankline.data;

/**
 * A column of 64-bit integers.
 *
 * @param values all values, row after row; may be longer than the last offset
 * @param offsets ends of the rows, see {@link ValueColumn#offsets}
 */
public record LongColumn(long[] values, int[] offsets) implements ValueColumn {

  @Override
  public LongColumn select(int[] rows) {
    int[] selected = ValueColumn.selectOffsets(offsets, rows);
    long[] taken = new long[selected[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, offsets[rows[i]], taken, selected[i], count(rows[i]));
    }
    return new LongColumn(taken, selected);
  }

  static LongColumn concat(ValueColumn[] parts) {
    int[] joined = ValueColumn.concatOffsets(parts);
    long[] all = new long[joined[joined.length - 1]];
    int at = 0;
    for (ValueColumn part : parts) {
      int length = part.offsets()[part.rows()];
      System.arraycopy(((LongColumn) part).values, 0, all, at, length);
      at += length;
    }
    return new LongColumn(all, joined);
  }
}
