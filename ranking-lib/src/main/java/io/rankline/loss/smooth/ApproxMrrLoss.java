package io.rankline.loss.smooth;

import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Negative mean reciprocal rank with smooth ranks.
 *
 * <pre>
 *   loss(y, s) = - (sum_i y_i / R_i) / sum_i y_i,  R_i = 1 + sum_{j != i} sigmoid(s_j - s_i)
 * </pre>
 *
 * <p>Between -1 and 0. A list whose labels sum to 0 has the loss of equal labels, with weight 0.
 *
 * @see <a href="https://doi.org/10.1007/s10791-009-9124-x">Qin et al., A general approximation
 *     framework for direct optimization of information retrieval measures, 2010</a>
 */
@LossName("approx_mrr_loss")
public record ApproxMrrLoss(
    @Option(fallback = "0.1", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements SmoothRankLoss {

  public ApproxMrrLoss {
    Faults.in(ApproxMrrLoss.class, temperature).orThrow();
  }

  /** Temperature 0.1. */
  public ApproxMrrLoss() {
    this(ApproxNdcgLoss.DEFAULT_TEMPERATURE);
  }

  @Override
  public double byRanks(LossList list, double weight, SmoothRanks ranks) {
    double labelSum = list.labelSum();
    double reciprocal = 0;
    for (int i = 0; i < list.size(); i++) {
      double share = labelSum > 0 ? list.labels()[i] / labelSum : 1.0 / list.size();
      double rank = ranks.rank[i];
      reciprocal += share / rank;
      ranks.slope[i] = weight * share / (rank * rank);
    }
    return -reciprocal;
  }
}
