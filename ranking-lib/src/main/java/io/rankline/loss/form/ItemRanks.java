package io.rankline.loss.form;

import io.rankline.data.ItemOrder;
import io.rankline.data.TieOrder;
import io.rankline.loss.arithmetic.Draws;

/** The items of a list in the orders that losses ask for, each overwritten by the next call. */
final class ItemRanks {

  private final ItemOrder labelOrder = new ItemOrder();
  private final ItemOrder scoreOrder = new ItemOrder();
  private final ItemOrder keyOrder = new ItemOrder();
  private TieOrder ties = TieOrder.AS_GIVEN;
  private int[] ranks = {};

  /** Says how equal labels and scores are ordered where a loss wants ties to be broken. */
  void breakTies(TieOrder newTies) {
    ties = newTies;
  }

  /** Items by label, highest first, equal labels as given. */
  int[] byLabel(double[] labels, int n) {
    return labelOrder.descending(labels, n);
  }

  /** Items by label, highest first, ties broken by draws that depend on the key. */
  int[] byLabelWithTies(double[] labels, int n, long drawKey) {
    return withTies(labelOrder, labels, n, drawKey);
  }

  /** Items by a key of a loss's own, highest first. */
  int[] byKey(double[] keys, int n) {
    return keyOrder.descending(keys, n);
  }

  /** Rank from 1 of each item by score, ties broken by draws that depend on the key. */
  int[] ranks(double[] scores, int n, long drawKey) {
    if (ranks.length < n) {
      ranks = new int[LossScratch.room(n, ranks.length)];
    }
    int[] order = withTies(scoreOrder, scores, n, drawKey);
    for (int k = 0; k < n; k++) {
      ranks[order[k]] = k + 1;
    }
    return ranks;
  }

  private int[] withTies(ItemOrder order, double[] keys, int n, long drawKey) {
    if (ties.isRandom()) {
      Draws.shuffle(order.asGiven(n), n, Draws.key(ties.seedOr(0), drawKey));
      return order.sort(keys, n);
    }
    return order.descending(keys, n);
  }
}
