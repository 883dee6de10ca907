package io.rankline.metric;

import io.rankline.data.Gain;
import io.rankline.data.ItemOrder;
import io.rankline.data.RankDiscount;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.util.Arrays;

/**
 * Discounted cumulative gain, as a share of what the best order would reach.
 *
 * <pre>
 *   m = DCG / DCG of the order by w * gain,   DCG = sum_{k &lt;= topn} w_(k) * gain(y_(k)) * discount(k)
 *   gain(y) = 2^y - 1,  discount(k) = 1 / log2(1 + k)
 *   W = sum_i w_i * gain(y_i) / sum_i gain(y_i)
 * </pre>
 *
 * <p>The best order puts the largest {@code w * gain} first, not the largest label, so 1 can be
 * reached whatever the weights. 0 where no item has a gain.
 *
 * @see <a href="https://doi.org/10.1145/582415.582418">J&auml;rvelin and Kek&auml;l&auml;inen,
 *     Cumulated gain-based evaluation of IR techniques, TOIS 2002</a>
 */
public record NdcgMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "exponential",
            form = FunctionForm.OfGain.class,
            meaning = "what a label is worth")
        Gain gain,
    @Option(
            fallback = "log2",
            form = FunctionForm.OfDiscount.class,
            meaning = "what a rank is worth")
        RankDiscount discount)
    implements RankingMetric, AveragesTies {

  public NdcgMetric {
    Faults.in(NdcgMetric.class, topn, gain, discount).orThrow();
  }

  /** With gain {@code 2^y - 1} and discount {@code 1 / log2(1 + k)}. */
  public NdcgMetric(int topn) {
    this(topn, Gain.EXPONENTIAL, RankDiscount.INVERSE_LOG2);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    double[] gains = ranking.gains(gain);
    double[] discounts = ranking.discounts(discount);
    double best = bestDiscountedSum(ranking, gains, discounts);
    return best == 0 ? 0 : GainWeights.discountedSum(ranking, gains, discounts, topn) / best;
  }

  @Override
  public double weight(Ranking ranking) {
    return GainWeights.mean(ranking, ranking.gains(gain));
  }

  @Override
  public boolean lacksRelevantItems(Ranking ranking) {
    return !(GainWeights.sum(ranking, ranking.gains(gain)) > 0);
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    double[] gains = ranking.gains(gain);
    double[] discounts = ranking.discounts(discount);
    double best = bestDiscountedSum(ranking, gains, discounts);
    return best == 0 ? 0 : GainWeights.meanDiscountedSum(ranking, gains, discounts, topn) / best;
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }

  /** Sum of discounted weighted gains in their best order, cut off. */
  private double bestDiscountedSum(Ranking ranking, double[] gains, double[] discounts) {
    int size = ranking.size();
    double[] values = ranking.room();
    for (int item = 0; item < size; item++) {
      values[item] = ranking.weight(item) * gains[item];
    }
    int end = Math.min(topn, ranking.depth());
    double best = 0;
    if (end <= ItemOrder.SELECT_UP_TO) {
      // The largest so far stand in front, among values that were looked at.
      int kept = 0;
      for (int item = 0; item < size; item++) {
        double value = values[item];
        if (kept == end && !(value > values[kept - 1])) {
          continue;
        }
        int at = kept < end ? kept++ : kept - 1;
        for (; at > 0 && value > values[at - 1]; at--) {
          values[at] = values[at - 1];
        }
        values[at] = value;
      }
      for (int position = 0; position < kept; position++) {
        best += values[position] * discounts[position];
      }
    } else {
      Arrays.sort(values, 0, size);
      for (int position = 0; position < end; position++) {
        best += values[size - 1 - position] * discounts[position];
      }
    }
    return best;
  }
}
