package io.rankline.metric;

import java.util.SplittableRandom;

/** Puts items in the order of their scores, into arrays that it uses again. */
final class ItemOrder {

  /** Up to this depth, inserting into a short sorted prefix is faster than sorting the list. */
  static final int SELECT_UP_TO = 32;

  /** Runs of this length are sorted by insertion before merging. */
  private static final int INSERTION_RUN = 12;

  /** Odd, its bits well mixed (the golden ratio's): keeps seeds of neighbouring lists apart. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final TieOrder ties;
  private int[] order = {};
  private int[] spare = {};

  ItemOrder(TieOrder ties) {
    this.ties = ties;
  }

  /**
   * Orders the items of a list.
   *
   * @param scores one for each item; more may follow
   * @param size number of items
   * @param depth number of positions that have to be in order
   * @param id of the list, for a random order of ties
   * @return items by position; overwritten by the next call
   */
  int[] order(double[] scores, int size, int depth, long id) {
    if (order.length < size) {
      order = new int[scores.length];
      spare = new int[scores.length];
    }
    // TF-Ranking always breaks ties at random; here that is an option (docs/parity.md).
    if (ties.rule() == TieOrder.Rule.RANDOM) {
      shuffle(size, id);
      sort(scores, size);
    } else if (depth <= SELECT_UP_TO && depth < size) {
      select(scores, size, depth);
    } else {
      for (int item = 0; item < size; item++) {
        order[item] = item;
      }
      sort(scores, size);
    }
    return order;
  }

  /** Keeps the first {@code depth} items in order; an item goes behind those of equal score. */
  private void select(double[] scores, int size, int depth) {
    int kept = 0;
    for (int item = 0; item < size; item++) {
      double score = scores[item];
      if (kept == depth && !(score > scores[order[kept - 1]])) {
        continue;
      }
      int at = kept < depth ? kept++ : kept - 1;
      for (; at > 0 && score > scores[order[at - 1]]; at--) {
        order[at] = order[at - 1];
      }
      order[at] = item;
    }
  }

  /** A stable sort of {@link #order} by score, highest first: insertion in runs, then merges. */
  private void sort(double[] scores, int size) {
    for (int start = 0; start < size; start += INSERTION_RUN) {
      int end = Math.min(start + INSERTION_RUN, size);
      for (int i = start + 1; i < end; i++) {
        int item = order[i];
        double score = scores[item];
        int at = i;
        for (; at > start && score > scores[order[at - 1]]; at--) {
          order[at] = order[at - 1];
        }
        order[at] = item;
      }
    }
    for (int width = INSERTION_RUN; width < size; width *= 2) {
      for (int start = 0; start + width < size; start += 2 * width) {
        merge(scores, start, start + width, Math.min(start + 2 * width, size));
      }
    }
  }

  private void merge(double[] scores, int start, int middle, int end) {
    if (!(scores[order[middle]] > scores[order[middle - 1]])) {
      return;
    }
    System.arraycopy(order, start, spare, start, middle - start);
    int left = start;
    int right = middle;
    int to = start;
    while (left < middle && right < end) {
      order[to++] = scores[order[right]] > scores[spare[left]] ? order[right++] : spare[left++];
    }
    System.arraycopy(spare, left, order, to, middle - left);
  }

  private void shuffle(int size, long id) {
    SplittableRandom random = new SplittableRandom(ties.seed() ^ (id + size) * GOLDEN_RATIO);
    for (int item = 0; item < size; item++) {
      int other = random.nextInt(item + 1);
      order[item] = order[other];
      order[other] = item;
    }
  }
}
