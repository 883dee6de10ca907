package io.rankline.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Rows of floats between padded batches and matrices of items. Items that stand beside each other
 * are copied at once.
 *
 * @param width floats of a row
 */
record RowCopies(ListRows rows, int width) {

  /** From [B, L, width] to [N, width]. */
  void gather(NativeFloats padded, NativeFloats items) {
    eachList(
        list -> {
          int first = rows.starts()[list];
          int end = rows.starts()[list + 1];
          if (first == end) {
            return;
          }
          FloatBuffer from = slots(padded, list);
          FloatBuffer to = items(items, first, end);
          eachRun(
              list, (slot, row, count) -> to.put(row * width, from, slot * width, count * width));
        });
  }

  /** From [B, width] to [N, width]: the row of a list for each of its items. */
  void repeat(NativeFloats lists, NativeFloats items) {
    eachList(
        list -> {
          int first = rows.starts()[list];
          int end = rows.starts()[list + 1];
          if (first == end) {
            return;
          }
          float[] row = new float[width];
          lists.window((long) list * width, width).get(0, row);
          FloatBuffer to = items(items, first, end);
          for (int r = 0; r < end - first; r++) {
            to.put(r * width, row);
          }
        });
  }

  /** From [N, width] to [B, L, width], with a value of its own at padding. */
  void restore(NativeFloats items, float padding, NativeFloats padded) {
    eachList(
        list -> {
          int first = rows.starts()[list];
          int end = rows.starts()[list + 1];
          FloatBuffer to = slots(padded, list);
          if (end - first < rows.listSize()) {
            float[] empty = new float[rows.listSize() * width];
            Arrays.fill(empty, padding);
            to.put(0, empty);
          }
          if (first == end) {
            return;
          }
          FloatBuffer from = items(items, first, end);
          eachRun(
              list, (slot, row, count) -> to.put(slot * width, from, row * width, count * width));
        });
  }

  /** Neighbouring items of a list. */
  @FunctionalInterface
  private interface Run {
    /**
     * Copies some items.
     *
     * @param slot where the first stands in the padded list
     * @param row which item of its list it is
     */
    void copy(int slot, int row, int count);
  }

  private void eachRun(int list, Run run) {
    int first = rows.starts()[list];
    int end = rows.starts()[list + 1];
    int before = list * rows.listSize();
    int[] slots = rows.slots();
    int from = first;
    for (int row = first; row < end; row++) {
      if (row + 1 == end || slots[row + 1] != slots[row] + 1) {
        run.copy(slots[from] - before, from - first, row + 1 - from);
        from = row + 1;
      }
    }
  }

  @FunctionalInterface
  private interface OfList {
    void copy(int list);
  }

  private void eachList(OfList copy) {
    RowThreads.each(
        rows.lists(), (long) rows.rows() * width, () -> copy, (same, list) -> same.copy(list));
  }

  private FloatBuffer slots(NativeFloats padded, int list) {
    long length = (long) rows.listSize() * width;
    return padded.window(list * length, length);
  }

  private FloatBuffer items(NativeFloats items, int first, int end) {
    return items.window((long) first * width, (long) (end - first) * width);
  }
}
