package io.rankline.loss.lambda;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.text.CutOff;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * The pair weights of the LambdaLoss framework, not scaled by L.
 *
 * <pre>
 *   D(r) = log2(1 + r),  G = (2^y - 1) / sum over k &lt;= topn of (2^y_(k) - 1) / D(k)
 * </pre>
 *
 * <p>{@link LambdaLossScheme} has the formula of each scheme. Pairs of which one item ranks beyond
 * topn have weight 0; so have lists without a positive label, except under RankNet.
 *
 * @param topn both items of a pair rank up to it
 */
public record LambdaLossWeight(
    @Option(inText = false) LambdaLossScheme scheme,
    @Option(fallback = "10.0", least = 0, meaning = "weight of NDCG-Loss2 in NDCG-Loss2++")
        double mu,
    @Option(
            fallback = "null",
            least = 1,
            form = CutOff.class,
            meaning = "how many first ranks count")
        int topn)
    implements PairLambdaWeight {

  public LambdaLossWeight {
    Faults.in(LambdaLossWeight.class, scheme, mu, topn).orThrow();
  }

  @Override
  public String kind() {
    return scheme.kind();
  }

  @Override
  public void prepare(LambdaItems items) {
    if (scheme != LambdaLossScheme.RANK_NET) {
      items.fillGains(Gain.EXPONENTIAL, RankDiscount.INVERSE_LOG2, topn, true);
    }
    double[] table = items.discounts(RankDiscount.INVERSE_LOG2);
    double[] discounts = items.rankDiscounts();
    double[] inTop = items.cutoffs();
    for (int i = 0; i < items.size(); i++) {
      discounts[i] = table[items.rank(i)];
      inTop[i] = items.rank(i) <= topn ? 1 : 0;
    }
  }

  @Override
  public void row(LambdaItems items, int i, int from, int to, double[] out) {
    double[] gains = items.gains();
    double[] discounts = items.rankDiscounts();
    double[] inTop = items.cutoffs();
    int[] ranks = items.ranks();
    double[] steps = items.discountSteps(RankDiscount.INVERSE_LOG2);
    double gain = gains[i];
    double discount = discounts[i];
    int rank = ranks[i];
    double top = inTop[i];
    switch (scheme) {
      case RANK_NET -> {
        for (int j = from; j < to; j++) {
          out[j] = top * inTop[j];
        }
      }
      case LAMBDA_RANK -> {
        for (int j = from; j < to; j++) {
          out[j] = top * inTop[j] * Math.abs(gain - gains[j]) * Math.abs(discount - discounts[j]);
        }
      }
      case NDCG_LOSS1 -> {
        for (int j = from; j < to; j++) {
          out[j] = top * inTop[j] * gain * discount;
        }
      }
      case NDCG_LOSS2 -> {
        for (int j = from; j < to; j++) {
          out[j] = top * inTop[j] * Math.abs(gain - gains[j]) * steps[Math.abs(rank - ranks[j])];
        }
      }
      case NDCG_LOSS2PP -> {
        for (int j = from; j < to; j++) {
          out[j] =
              top
                  * inTop[j]
                  * Math.abs(gain - gains[j])
                  * (mu * steps[Math.abs(rank - ranks[j])] + Math.abs(discount - discounts[j]));
        }
      }
    }
  }
}
