package io.rankline.metric;

import java.util.function.IntToDoubleFunction;

/**
 * Items of equal score, group by group from the highest score down to a cut-off: what a metric is
 * averaged over. A group that the cut-off divides is whole, since each of its items may stand
 * above.
 *
 * <p>Takes the {@linkplain Ranking#wholeRoom spare room} of the ranking.
 */
final class TieGroups {

  private final Ranking ranking;
  private final int end;
  private final int[] items;
  private int start;
  private int size;

  TieGroups(Ranking ranking, int topn) {
    this.ranking = ranking;
    this.end = Math.min(topn, ranking.depth());
    this.items = ranking.wholeRoom();
  }

  /** Goes to the next group; false if it would begin below the cut-off. */
  boolean next() {
    start += size;
    size = 0;
    if (start >= end) {
      return false;
    }
    double score = ranking.score(ranking.itemAt(start));
    int position = start;
    while (position < ranking.depth() && ranking.score(ranking.itemAt(position)) == score) {
      items[size++] = ranking.itemAt(position++);
    }
    if (position == ranking.depth() && position < ranking.size()) {
      // Below the depth the ranking is in no order.
      size = 0;
      for (int item = 0; item < ranking.size(); item++) {
        if (ranking.score(item) == score) {
          items[size++] = item;
        }
      }
    }
    return true;
  }

  /** The first position of the group. */
  int start() {
    return start;
  }

  /** Number of items of the group. */
  int size() {
    return size;
  }

  /** An item of the group, from 0. */
  int item(int index) {
    return items[index];
  }

  /** Number of positions of the group above the cut-off. */
  int counted() {
    return Math.min(size, end - start);
  }

  /** Number of relevant items of the group. */
  int relevant(Relevance relevance) {
    return (int) sum(item -> ranking.isRelevant(item, relevance) ? 1 : 0);
  }

  /** The sum of a value over the items of the group. */
  double sum(IntToDoubleFunction value) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += value.applyAsDouble(items[i]);
    }
    return sum;
  }

  /**
   * The mean over all orders of {@code sum_{k <= topn} value(item at k) * factor(k)}: at each
   * position of a group stands its mean value.
   *
   * @param value of an item
   * @param factor of a position, from 0
   */
  static double weightedSum(
      Ranking ranking, int topn, IntToDoubleFunction value, IntToDoubleFunction factor) {
    TieGroups groups = new TieGroups(ranking, topn);
    double sum = 0;
    while (groups.next()) {
      double factors = 0;
      for (int i = 0; i < groups.counted(); i++) {
        factors += factor.applyAsDouble(groups.start + i);
      }
      sum += groups.sum(value) / groups.size * factors;
    }
    return sum;
  }

  /** The mean number of relevant items above the cut-off. */
  static double meanHits(Ranking ranking, int topn, Relevance relevance) {
    return weightedSum(
        ranking, topn, item -> ranking.isRelevant(item, relevance) ? 1 : 0, position -> 1);
  }

  /**
   * How likely it is that none of the group's relevant items stands on its first positions.
   *
   * @param relevant number of relevant items of the group
   * @param positions 0 or more
   */
  double noneRelevant(int relevant, int positions) {
    double none = 1;
    for (int i = 0; i < positions && none > 0; i++) {
      none *= (double) (size - relevant - i) / (size - i);
    }
    return none;
  }

  /**
   * How likely each number of relevant items is on the positions above the cut-off, from 0 to
   * {@code counted()}.
   *
   * @param relevant number of relevant items of the group
   */
  double[] chancesOfHits(int relevant) {
    double[] likely = {1};
    for (int drawn = 0; drawn < counted(); drawn++) {
      likely = oneMoreDrawn(likely, size, relevant);
    }
    return likely;
  }

  /**
   * How likely each number of marked items is once one more item is drawn.
   *
   * @param likely how likely each number was, from 0 to the number of items drawn before
   * @param size number of items there are, more than were drawn
   * @param marked number of marked ones among them
   */
  static double[] oneMoreDrawn(double[] likely, int size, int marked) {
    int drawn = likely.length - 1;
    double[] next = new double[drawn + 2];
    for (int hits = 0; hits <= drawn; hits++) {
      double hit = (double) Math.max(0, marked - hits) / (size - drawn);
      next[hits + 1] += likely[hits] * hit;
      next[hits] += likely[hits] * (1 - hit);
    }
    return next;
  }
}
