package io.rankline.loss;

/**
 * Sorts the positions of a list by a key without boxing: a stable merge sort, so that equal keys
 * keep the order in which they come in.
 */
final class ItemOrder {

  /** Runs of this length are sorted by insertion: fewer moves than merging at that size. */
  private static final int RUN = 8;

  private ItemOrder() {}

  /**
   * Positions 0 to n-1 with the highest key first.
   *
   * @param key shape [n] or longer
   * @param order receives the positions
   * @param scratch at least n long
   * @param ties the order in which equal keys stand
   * @param draw what tells this list from others, where ties are random
   */
  static void descending(
      double[] key, int n, int[] order, int[] scratch, TieOrder ties, long draw) {
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    if (ties.isRandom()) {
      for (int i = n - 1; i > 0; i--) {
        int j = (int) (Draws.uniform(draw, i) * (i + 1));
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
    for (int start = 0; start < n; start += RUN) {
      insertionSort(key, order, start, Math.min(start + RUN, n));
    }
    int[] source = order;
    int[] target = scratch;
    for (int width = RUN; width < n; width *= 2) {
      for (int start = 0; start < n; start += 2 * width) {
        int middle = Math.min(start + width, n);
        merge(key, source, target, start, middle, Math.min(start + 2 * width, n));
      }
      int[] swapped = source;
      source = target;
      target = swapped;
    }
    if (source != order) {
      System.arraycopy(source, 0, order, 0, n);
    }
  }

  private static void insertionSort(double[] key, int[] order, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int item = order[i];
      double value = key[item];
      int j = i - 1;
      while (j >= from && key[order[j]] < value) {
        order[j + 1] = order[j];
        j--;
      }
      order[j + 1] = item;
    }
  }

  private static void merge(
      double[] key, int[] source, int[] target, int from, int middle, int to) {
    if (middle >= to || key[source[middle - 1]] >= key[source[middle]]) {
      System.arraycopy(source, from, target, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int k = from; k < to; k++) {
      if (left < middle && (right >= to || key[source[left]] >= key[source[right]])) {
        target[k] = source[left++];
      } else {
        target[k] = source[right++];
      }
    }
  }
}
