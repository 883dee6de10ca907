package io.rankline.metric;

import io.rankline.data.RankDiscount;
import java.util.IdentityHashMap;

/** Discounts by position, computed once for each function and depth. */
final class DiscountTables {

  private static final int FIRST_ROOM = 16;

  private final IdentityHashMap<RankDiscount, double[]> tables = new IdentityHashMap<>();

  /** Discount of each position from 0, up to at least that depth. */
  double[] of(RankDiscount discount, int depth) {
    double[] known = tables.get(discount);
    if (known == null || known.length < depth) {
      known = new double[Math.max(FIRST_ROOM, Integer.highestOneBit(Math.max(1, depth)) * 2)];
      for (int position = 0; position < known.length; position++) {
        known[position] = discount.of(position + 1);
      }
      tables.put(discount, known);
    }
    return known;
  }
}
