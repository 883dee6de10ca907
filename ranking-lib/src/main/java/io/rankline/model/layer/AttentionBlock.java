package io.rankline.model.layer;

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

  /** Index of the block's queries among the projected rows. */
  long queries() {
    return (start + firstRow) * 3L * heads * keyDim + (long) head * keyDim;
  }

  /** Index of the list's keys among the projected rows. */
  long keys() {
    return (start * 3L + 1) * heads * keyDim + (long) head * keyDim;
  }

  /** Index of the list's values among the projected rows. */
  long values() {
    return (start * 3L + 2) * heads * keyDim + (long) head * keyDim;
  }

  /** Index of the block in the output. */
  long output() {
    return (long) (start + firstRow) * heads * keyDim + (long) head * keyDim;
  }

  /** Index of what is kept of a row between forward and backward. */
  int statistic(int row) {
    return (start + firstRow + row) * heads + head;
  }

  int rowKey(Dropout dropout, int row) {
    return AttentionBatch.rowKey(dropout, heads, start + firstRow + row, head);
  }
}
