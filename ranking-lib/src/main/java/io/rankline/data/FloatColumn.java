package io.rankline.data;

/**
 * A column of 32-bit floats.
 *
 * @param values all values, row after row; may be longer than the last offset
 * @param offsets ends of the rows, see {@link ValueColumn#offsets}
 */
public record FloatColumn(float[] values, int[] offsets) implements ValueColumn {

  @Override
  public FloatColumn select(int[] rows) {
    int[] selected = ValueColumn.selectOffsets(offsets, rows);
    float[] taken = new float[selected[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, offsets[rows[i]], taken, selected[i], count(rows[i]));
    }
    return new FloatColumn(taken, selected);
  }

  static FloatColumn concat(ValueColumn[] parts) {
    int[] joined = ValueColumn.concatOffsets(parts);
    float[] all = new float[joined[joined.length - 1]];
    int at = 0;
    for (ValueColumn part : parts) {
      int length = part.offsets()[part.rows()];
      System.arraycopy(((FloatColumn) part).values, 0, all, at, length);
      at += length;
    }
    return new FloatColumn(all, joined);
  }
}
