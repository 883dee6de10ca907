package io.rankline.data;

import java.io.Serializable;

/**
 * Rows of zero or more values each, in one flat array: what variable-length, integer and text
 * features are kept in.
 *
 * <p>Row {@code r} holds the values from {@link #start} (inclusive) to {@link #end} (exclusive). In
 * a {@link RankingList} a context column has one row and an example column one row an item; in a
 * {@link ListBatch} a context column has B rows and an example column B times L.
 */
public sealed interface ValueColumn extends Serializable
    permits FloatColumn, LongColumn, BytesColumn {

  /** Ends of the rows: {@code rows() + 1} ascending positions, the first is 0. Not a copy. */
  int[] offsets();

  /** Number of rows. */
  default int rows() {
    return offsets().length - 1;
  }

  /** Position of the first value of a row. */
  default int start(int row) {
    return offsets()[row];
  }

  /** Position after the last value of a row. */
  default int end(int row) {
    return offsets()[row + 1];
  }

  /** Number of values of a row. */
  default int count(int row) {
    return offsets()[row + 1] - offsets()[row];
  }

  /** The rows named by {@code rows}, in that order, each as often as it is named. */
  ValueColumn select(int[] rows);

  /**
   * The rows of all parts, one part after the other; parts must be of one type and at least one.
   */
  static ValueColumn concat(ValueColumn[] parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("parts must not be empty");
    }
    if (parts[0] instanceof FloatColumn) {
      return FloatColumn.concat(parts);
    }
    if (parts[0] instanceof LongColumn) {
      return LongColumn.concat(parts);
    }
    return BytesColumn.concat(parts);
  }

  /** Offsets after taking {@code rows} from a column with {@code offsets}. */
  static int[] selectOffsets(int[] offsets, int[] rows) {
    int[] result = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      result[i + 1] = result[i] + offsets[rows[i] + 1] - offsets[rows[i]];
    }
    return result;
  }

  /** Offsets of columns one after the other. */
  static int[] concatOffsets(ValueColumn[] parts) {
    int rows = 0;
    for (ValueColumn part : parts) {
      rows = Math.addExact(rows, part.rows());
    }
    int[] result = new int[rows + 1];
    int row = 0;
    int base = 0;
    for (ValueColumn part : parts) {
      int[] offsets = part.offsets();
      for (int r = 1; r < offsets.length; r++) {
        result[++row] = base + offsets[r];
      }
      base = Math.addExact(base, offsets[offsets.length - 1]);
    }
    return result;
  }
}
