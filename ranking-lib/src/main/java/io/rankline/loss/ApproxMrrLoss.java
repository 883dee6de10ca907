package io.rankline.loss;

/**
 * Negative mean reciprocal rank with smooth ranks.
 *
 * <pre>
 *   loss(y, s) = - (sum_i y_i / R_i) / sum_i y_i,  R_i = 1 + sum_{j != i} sigmoid(s_j - s_i)
 * </pre>
 *
 * <p>Between -1 and 0. A list whose labels sum to 0 has the loss of equal labels, with weight 0.
 *
 * @param temperature divides the scores
 * @see <a href="https://doi.org/10.1007/s10791-009-9124-x">Qin et al., A general approximation
 *     framework for direct optimization of information retrieval measures, 2010</a>
 */
public record ApproxMrrLoss(double temperature) implements RankingLoss {

  public ApproxMrrLoss {
    Require.positive("temperature", temperature);
  }

  /** Temperature 0.1. */
  public ApproxMrrLoss() {
    this(ApproxNdcgLoss.DEFAULT_TEMPERATURE);
  }

  @Override
  public String wireName() {
    return LossKey.APPROX_MRR.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    if (list.isLeftOut()) {
      list.listwise(0, 0);
      return;
    }
    ApproxRanks.forward(list);
    double labelSum = list.labelSum();
    double weight = list.weightOfPositive();
    double[] rank = list.a;
    double[] slope = list.c;
    double reciprocal = 0;
    for (int i = 0; i < list.size; i++) {
      double share = labelSum > 0 ? list.y[i] / labelSum : 1.0 / list.size;
      reciprocal += share / rank[i];
      slope[i] = weight * share / (rank[i] * rank[i]);
    }
    list.listwise(-reciprocal, weight);
    if (weight != 0) {
      ApproxRanks.backward(list, slope);
    }
  }
}
