package io.rankline.loss.lambda;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.text.CutOff;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * The LambdaLoss weight of DCG or NDCG with a bound that stays tight under truncation.
 *
 * <pre>
 *   lambda_ij = L |g_i - g_j| |disc(d) - disc(d + 1)| t,  d = |r_i - r_j|
 *   t = 1 / (1 - disc(max(r_i, r_j)))  if max(r_i, r_j) &gt; topn, else 1
 * </pre>
 *
 * <p>Gains are as in {@link DcgLambdaWeight}.
 *
 * @param topn the truncation of the metric
 * @param discount below 1 from rank 2 on
 * @param normalized true for NDCG
 * @see <a href="https://doi.org/10.1145/3477495.3531849">Jagerman et al., On Optimizing Top-K
 *     Metrics for Neural Ranking Models, SIGIR 2022</a>
 */
public record DcgV2LambdaWeight(
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
    @Option(inText = false) boolean normalized)
    implements PairLambdaWeight {

  public DcgV2LambdaWeight {
    Faults.in(DcgV2LambdaWeight.class, topn, gain, discount, normalized)
        .addUnless(
            discount.of(2) < 1,
            "rank discount",
            "must be below 1 from rank 2 on, got %s at rank 2",
            discount.of(2))
        .orThrow();
  }

  /** TF-Ranking's {@code NDCGLambdaWeightV2()}: gain 2^y - 1, discount 1 / log2(1 + r). */
  public static DcgV2LambdaWeight ndcg() {
    return new DcgV2LambdaWeight(ALL_RANKS, Gain.EXPONENTIAL, RankDiscount.INVERSE_LOG2, true);
  }

  /** This weight for another truncation. */
  public DcgV2LambdaWeight withTopn(int newTopn) {
    return new DcgV2LambdaWeight(newTopn, gain, discount, normalized);
  }

  @Override
  public String kind() {
    return normalized ? "ndcg_v2" : "dcg_v2";
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
    double[] steps = items.discountSteps(discount);
    int rank = ranks[i];
    for (int j = from; j < to; j++) {
      int last = Math.max(rank, ranks[j]);
      double truncated = last > topn ? 1 / (1 - table[last]) : 1;
      out[j] =
          items.listSize()
              * Math.abs(gains[i] - gains[j])
              * steps[Math.abs(rank - ranks[j])]
              * truncated;
    }
  }
}
