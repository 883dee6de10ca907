package io.rankline.metric;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Discounted cumulative gain.
 *
 * <pre>
 *   m = sum_{k &lt;= topn} w_(k) * gain(y_(k)) * discount(k) / W
 *   gain(y) = 2^y - 1,  discount(k) = 1 / log2(1 + k)
 *   W = sum_i w_i * gain(y_i) / sum_i gain(y_i)
 * </pre>
 *
 * <p>It is not bounded: lists with more relevant items score higher.
 *
 * @see <a href="https://doi.org/10.1145/582415.582418">J&auml;rvelin and Kek&auml;l&auml;inen,
 *     Cumulated gain-based evaluation of IR techniques, TOIS 2002</a>
 */
public record DcgMetric(
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

  public DcgMetric {
    Faults.in(DcgMetric.class, topn, gain, discount).orThrow();
  }

  /** With gain {@code 2^y - 1} and discount {@code 1 / log2(1 + k)}. */
  public DcgMetric(int topn) {
    this(topn, Gain.EXPONENTIAL, RankDiscount.INVERSE_LOG2);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    double[] gains = ranking.gains(gain);
    double sum = GainWeights.discountedSum(ranking, gains, ranking.discounts(discount), topn);
    return lacksRelevantItems(ranking) ? sum : sum / weight(ranking);
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
    double sum = GainWeights.meanDiscountedSum(ranking, gains, ranking.discounts(discount), topn);
    return lacksRelevantItems(ranking) ? sum : sum / weight(ranking);
  }

  @Override
  public boolean perfectIsOne() {
    return false;
  }
}
