package io.rankline.model.kernel.attention;

import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;

/**
 * Some rows of one list that attend to the whole list with one head, and where their numbers lie.
 *
 * @param start first row of the list
 * @param items rows of the list
 * @param firstRow first row of the block, counted from {@code start}
 * @param rows of the block
 * @param head the head
 * @param heads number of heads
 * @param keyDim width of a head
 */
record AttentionBlock(
    int start, int items, int firstRow, int rows, int head, int heads, int keyDim) {

  /** Whether no other block of the list comes before. */
  boolean isFirst() {
    return firstRow == 0;
  }

  /** The block's queries among the projected rows, [rows, keyDim]. */
  Matrix queries(NativeFloats projected) {
    return part(projected, start + firstRow, 0);
  }

  /** The list's keys among the projected rows, [items, keyDim]. */
  Matrix keys(NativeFloats projected) {
    return part(projected, start, 1);
  }

  /** The list's values among the projected rows, [items, keyDim]. */
  Matrix values(NativeFloats projected) {
    return part(projected, start, 2);
  }

  private Matrix part(NativeFloats projected, int row, int which) {
    int width = heads * keyDim;
    return projected.matrix((row * 3L + which) * width + (long) head * keyDim, 3 * width);
  }

  /** The block in the output, [rows, keyDim]. */
  Matrix output(NativeFloats output) {
    int width = heads * keyDim;
    return output.matrix((long) row(0) * width + (long) head * keyDim, width);
  }

  /** Row of the batch that a row of the block is. */
  int row(int row) {
    return start + firstRow + row;
  }

  /** Index of what is kept of a row between forward and backward. */
  int statistic(int row) {
    return row(row) * heads + head;
  }
}
