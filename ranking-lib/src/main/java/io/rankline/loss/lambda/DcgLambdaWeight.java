package io.rankline.loss.lambda;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.text.CutOff;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Pairs count by what swapping them would change in DCG, or NDCG where normalized.
 *
 * <pre>
 *   lambda_ij = L |g_i - g_j| ((1 - f) u + f v)  if min(r_i, r_j) &lt;= topn, else 0
 *   u = |disc(d) - disc(d + 1)|,  d = |r_i - r_j|,  0 if d = 0
 *   v = |D(r_i) - D(r_j)|,  D(r) = disc(r) if r &lt;= topn, else 0
 *   g = gain(y), divided by sum over k &lt;= topn of gain(y_(k)) disc(k) if normalized
 * </pre>
 *
 * <p>f is the smooth fraction: 0 gives LambdaLoss, 1 gives LambdaRank. A list whose best DCG is 0
 * has weights 0. For softmax losses the weight of one item is {@code g_i disc(r_i)}.
 *
 * @param normalized true for NDCG
 * @param smoothFraction f, from 0 to 1
 * @see <a href="https://doi.org/10.1145/3269206.3271784">Wang et al., The LambdaLoss Framework for
 *     Ranking Metric Optimization, CIKM 2018</a>
 */
public record DcgLambdaWeight(
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
    @Option(inText = false) boolean normalized,
    @Option(
            fallback = "0.0",
            least = 0,
            most = 1,
            words = "must lie in [0, 1]",
            meaning = "mixture of LambdaLoss (0) and LambdaRank (1)")
        double smoothFraction)
    implements PairLambdaWeight {

  public DcgLambdaWeight {
    Faults.in(DcgLambdaWeight.class, topn, gain, discount, normalized, smoothFraction).orThrow();
  }

  /** TF-Ranking's {@code DCGLambdaWeight()}: gain y, discount 1 / r. */
  public static DcgLambdaWeight dcg() {
    return new DcgLambdaWeight(ALL_RANKS, Gain.IDENTITY, RankDiscount.RECIPROCAL, false, 0);
  }

  /** TF-Ranking's {@code NDCGLambdaWeight()}: gain 2^y - 1, discount 1 / log2(1 + r). */
  public static DcgLambdaWeight ndcg() {
    return new DcgLambdaWeight(ALL_RANKS, Gain.EXPONENTIAL, RankDiscount.INVERSE_LOG2, true, 0);
  }

  /** TF-Ranking's {@code create_ndcg_lambda_weight}: as {@link #ndcg}, discount 1 / ln(1 + r). */
  public static DcgLambdaWeight estimatorNdcg() {
    return new DcgLambdaWeight(ALL_RANKS, Gain.EXPONENTIAL, RankDiscount.INVERSE_LN, true, 0);
  }

  /** TF-Ranking's {@code create_reciprocal_rank_lambda_weight}: gain y, discount 1 / r. */
  public static DcgLambdaWeight reciprocalRank() {
    return new DcgLambdaWeight(ALL_RANKS, Gain.IDENTITY, RankDiscount.RECIPROCAL, true, 0);
  }

  /** This weight for the first ranks only. */
  public DcgLambdaWeight withTopn(int newTopn) {
    return new DcgLambdaWeight(newTopn, gain, discount, normalized, smoothFraction);
  }

  /** This weight with another mixture of LambdaLoss (0) and LambdaRank (1). */
  public DcgLambdaWeight withSmoothFraction(double newSmoothFraction) {
    return new DcgLambdaWeight(topn, gain, discount, normalized, newSmoothFraction);
  }

  @Override
  public String kind() {
    return normalized ? "ndcg" : "dcg";
  }

  @Override
  public void prepare(LambdaItems items) {
    items.fillGains(gain, discount, topn, normalized);
    double[] table = items.discounts(discount);
    double[] discounts = items.rankDiscounts();
    double[] inTop = items.cutoffs();
    for (int i = 0; i < items.size(); i++) {
      boolean counts = items.rank(i) <= topn;
      discounts[i] = counts ? table[items.rank(i)] : 0;
      inTop[i] = counts ? 1 : 0;
    }
  }

  @Override
  public void row(LambdaItems items, int i, int from, int to, double[] out) {
    double[] gains = items.gains();
    double[] discounts = items.rankDiscounts();
    int[] ranks = items.ranks();
    double[] steps = items.discountSteps(discount);
    double gain = gains[i];
    double discountHere = discounts[i];
    int rank = ranks[i];
    double relative = items.listSize() * (1 - smoothFraction);
    double absolute = items.listSize() * smoothFraction;
    if (absolute == 0) {
      // Two loops, as the compiler makes no vector code of one that looks up a table.
      for (int j = from; j < to; j++) {
        out[j] = steps[Math.abs(rank - ranks[j])];
      }
      for (int j = from; j < to; j++) {
        out[j] = Math.abs(gain - gains[j]) * (relative * out[j]);
      }
    } else if (relative == 0) {
      for (int j = from; j < to; j++) {
        out[j] = Math.abs(gain - gains[j]) * (absolute * Math.abs(discountHere - discounts[j]));
      }
    } else {
      for (int j = from; j < to; j++) {
        out[j] =
            Math.abs(gain - gains[j])
                * (relative * steps[Math.abs(rank - ranks[j])]
                    + absolute * Math.abs(discountHere - discounts[j]));
      }
    }
    if (rank > topn) {
      double[] inTop = items.cutoffs();
      for (int j = from; j < to; j++) {
        out[j] *= inTop[j];
      }
    }
  }

  /**
   * Weight of each single item, {@code g_i disc(r_i)}, for softmax losses.
   *
   * @param out receives the weights, shape [n] or longer
   */
  public void individual(LambdaItems items, double[] out) {
    items.fillGains(gain, discount, topn, normalized);
    double[] table = items.discounts(discount);
    double[] gains = items.gains();
    for (int i = 0; i < items.size(); i++) {
      out[i] = gains[i] * table[items.rank(i)];
    }
  }
}
