package io.rankline.data;

/**
 * Puts the items of a list in the order of a key, the highest first, into arrays that it uses
 * again. The sort is stable and boxes nothing: equal keys keep the order in which they come in.
 */
public final class ItemOrder {

  /** Up to this depth, inserting into a short sorted prefix is faster than sorting the list. */
  public static final int SELECT_UP_TO = 32;

  /** Runs of this length are sorted by insertion before merging. */
  private static final int INSERTION_RUN = 12;

  private int[] order = {};
  private int[] spare = {};

  /** Without arrays; they grow with the lists that come. */
  public ItemOrder() {}

  /**
   * All items in order; equal keys as given.
   *
   * @param keys one for each item; more may follow
   * @param size number of items
   * @return items by position; overwritten by the next call
   */
  public int[] descending(double[] keys, int size) {
    asGiven(size);
    return sort(keys, size);
  }

  /**
   * As {@link #descending(double[], int)}, where only the first positions have to be in order.
   *
   * @param depth number of positions that have to be in order
   */
  public int[] descending(double[] keys, int size, int depth) {
    if (depth > SELECT_UP_TO || depth >= size) {
      return descending(keys, size);
    }
    reserve(size);
    select(keys, size, depth);
    return order;
  }

  /** The items as given, for {@link #sort} to start from; another order may be written to it. */
  public int[] asGiven(int size) {
    reserve(size);
    for (int item = 0; item < size; item++) {
      order[item] = item;
    }
    return order;
  }

  /** Sorts what {@link #asGiven} returned: insertion in runs, then merges. */
  public int[] sort(double[] keys, int size) {
    for (int start = 0; start < size; start += INSERTION_RUN) {
      int end = Math.min(start + INSERTION_RUN, size);
      for (int i = start + 1; i < end; i++) {
        int item = order[i];
        double key = keys[item];
        int at = i;
        for (; at > start && key > keys[order[at - 1]]; at--) {
          order[at] = order[at - 1];
        }
        order[at] = item;
      }
    }
    for (int width = INSERTION_RUN; width < size; width *= 2) {
      for (int start = 0; start + width < size; start += 2 * width) {
        merge(keys, start, start + width, Math.min(start + 2 * width, size));
      }
    }
    return order;
  }

  /** Keeps the first {@code depth} items in order; an item goes behind those of equal key. */
  private void select(double[] keys, int size, int depth) {
    int kept = 0;
    for (int item = 0; item < size; item++) {
      double key = keys[item];
      if (kept == depth && !(key > keys[order[kept - 1]])) {
        continue;
      }
      int at = kept < depth ? kept++ : kept - 1;
      for (; at > 0 && key > keys[order[at - 1]]; at--) {
        order[at] = order[at - 1];
      }
      order[at] = item;
    }
  }

  private void merge(double[] keys, int start, int middle, int end) {
    if (!(keys[order[middle]] > keys[order[middle - 1]])) {
      return;
    }
    System.arraycopy(order, start, spare, start, middle - start);
    int left = start;
    int right = middle;
    int to = start;
    while (left < middle && right < end) {
      order[to++] = keys[order[right]] > keys[spare[left]] ? order[right++] : spare[left++];
    }
    System.arraycopy(spare, left, order, to, middle - left);
  }

  private void reserve(int size) {
    if (order.length < size) {
      int room = Math.max(size, 2 * order.length);
      order = new int[room];
      spare = new int[room];
    }
  }
}
