package io.rankline.loss.smooth;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Negative NDCG with smooth ranks.
 *
 * <pre>
 *   loss(y, s) = - (sum_i G_i / ln(1 + R_i)) / (sum_k G*_k / ln(1 + k))
 *   G_i = 2^(y_i - m) - 2^-m,  m = max y;  R_i = 1 + sum_{j != i} sigmoid(s_j - s_i)
 * </pre>
 *
 * <p>Between -1 and 0. G* are the gains in the best order. Scaling gains by 2^-m keeps large labels
 * finite and changes nothing else. A list without a positive label gives 0 with weight 0.
 *
 * @param temperature divides the scores: the smaller, the closer to true ranks and the smaller the
 *     gradient of pairs that lie apart
 * @see <a href="https://doi.org/10.1007/s10791-009-9124-x">Qin et al., A general approximation
 *     framework for direct optimization of information retrieval measures, 2010</a>
 */
@LossName("approx_ndcg_loss")
public record ApproxNdcgLoss(
    @Option(fallback = "0.1", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements SmoothRankLoss {

  /** TF-Ranking's value. */
  public static final double DEFAULT_TEMPERATURE = 0.1;

  public ApproxNdcgLoss {
    Faults.in(ApproxNdcgLoss.class, temperature).orThrow();
  }

  /** Temperature 0.1. */
  public ApproxNdcgLoss() {
    this(DEFAULT_TEMPERATURE);
  }

  @Override
  public double byRanks(LossList list, double weight, SmoothRanks ranks) {
    if (!(list.labelSum() > 0)) {
      return 0;
    }
    NdcgGains ndcg = NdcgGains.of(list);
    double[] gain = ndcg.gains();
    double[] rank = ranks.rank;
    double dcg = 0;
    for (int i = 0; i < list.size(); i++) {
      double log = ExpLog.log1p(rank[i]);
      dcg += gain[i] / log;
      ranks.slope[i] = weight * ndcg.inverseBest() * gain[i] / ((1 + rank[i]) * log * log);
    }
    return -dcg * ndcg.inverseBest();
  }
}
