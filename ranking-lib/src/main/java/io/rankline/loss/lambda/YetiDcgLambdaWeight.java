package io.rankline.loss.lambda;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.text.CutOff;
import io.rankline.text.Option;

/**
 * {@link DcgV2LambdaWeight} for neighbours in the ranking, {@code |r_i - r_j| = 1}, and 0 for all
 * other pairs.
 *
 * @param topn the truncation of the metric
 * @param discount below 1 from rank 2 on
 * @param normalized true for NDCG
 * @see <a href="https://arxiv.org/abs/2204.01500">Lyzhin et al., Which Tricks are Important for
 *     Learning to Rank?, ICML 2023</a>
 */
public record YetiDcgLambdaWeight(
    @Option(
            fallback = "null",
            least = 1,
            form = CutOff.class,
            meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "exponential",
            form = FunctionForm.OfGain.class,
            meaning = "what a label is worth")
        Gain gain,
    @Option(
            fallback = "inverse_log2",
            form = FunctionForm.OfDiscount.class,
            meaning = "what a rank is worth")
        RankDiscount discount,
    @Option(fallback = "false", meaning = "whether gains are divided by those of the best order")
        boolean normalized)
    implements PairLambdaWeight {

  /** TF-Ranking's default: gain 2^y - 1, discount 1 / log2(1 + r), not normalized. */
  public static final YetiDcgLambdaWeight DEFAULT =
      new YetiDcgLambdaWeight(ALL_RANKS, Gain.EXPONENTIAL, RankDiscount.INVERSE_LOG2, false);

  public YetiDcgLambdaWeight {
    // Checks topn and discount, which it shares.
    new DcgV2LambdaWeight(topn, gain, discount, normalized).kind();
  }

  @Override
  public String kind() {
    return "yeti_dcg";
  }

  @Override
  public void prepare(LambdaItems items) {
    items.fillGains(gain, discount, topn, normalized);
  }

  @Override
  public void row(LambdaItems items, int i, int from, int to, double[] out) {
    double[] gains = items.gains();
    int[] ranks = items.ranks();
    double[] table = items.discounts(discount);
    double step = items.discountSteps(discount)[1];
    int rank = ranks[i];
    for (int j = from; j < to; j++) {
      if (Math.abs(rank - ranks[j]) != 1) {
        out[j] = 0;
        continue;
      }
      int last = Math.max(rank, ranks[j]);
      double truncated = last > topn ? 1 / (1 - table[last]) : 1;
      out[j] = items.listSize() * Math.abs(gains[i] - gains[j]) * step * truncated;
    }
  }
}
