package io.rankline.loss.smooth;

import io.rankline.data.RankDiscount;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossScratch;
import java.util.IdentityHashMap;

/** The gains of a list and the DCG of their best order: what NDCG is the quotient of. */
final class NdcgGains {

  private final IdentityHashMap<RankDiscount, double[]> discounts = new IdentityHashMap<>();
  private double[] gains = {};
  private double inverseBest;

  /** The gains of a list under NDCG: {@code 2^y - 1}, discount {@code 1 / ln(1 + k)}. */
  static NdcgGains of(LossList list) {
    return of(list, RankDiscount.INVERSE_LN, true, Integer.MAX_VALUE);
  }

  /**
   * The gains of a list.
   *
   * @param powered whether the gain is {@code 2^y - 1} rather than y; it is scaled by 2^-m, m the
   *     highest label, which keeps large labels finite
   * @param topn ranks that count
   */
  static NdcgGains of(LossList list, RankDiscount discount, boolean powered, int topn) {
    NdcgGains ndcg = list.scratch(NdcgGains.class, NdcgGains::new);
    ndcg.fill(list, ndcg.discounts(discount, list.size()), powered, topn);
    return ndcg;
  }

  /** Gain of each item. */
  double[] gains() {
    return gains;
  }

  /** 1 divided by the DCG of the best order, 0 where that is 0. */
  double inverseBest() {
    return inverseBest;
  }

  /** The discount of rank k at index k - 1, for k up to n or further. */
  double[] discounts(RankDiscount discount, int n) {
    double[] known = discounts.get(discount);
    if (known == null || known.length < n) {
      known = new double[Math.max(n, 256)];
      for (int k = 0; k < known.length; k++) {
        known[k] = discount.of(k + 1);
      }
      discounts.put(discount, known);
    }
    return known;
  }

  private void fill(LossList list, double[] discount, boolean powered, int topn) {
    int n = list.size();
    if (gains.length < n) {
      gains = new double[LossScratch.room(n, gains.length)];
    }
    int[] order = list.byLabel();
    double[] labels = list.labels();
    double highest = n == 0 ? 0 : labels[order[0]];
    double least = Math.pow(2, -highest);
    double previousLabel = Double.NaN;
    double gain = 0;
    double best = 0;
    for (int k = 0; k < n; k++) {
      double label = labels[order[k]];
      if (label != previousLabel) {
        previousLabel = label;
        gain = powered ? Math.pow(2, label - highest) - least : label;
      }
      gains[order[k]] = gain;
      best += k < topn ? gain * discount[k] : 0;
    }
    inverseBest = best > 0 ? 1 / best : 0;
  }
}
