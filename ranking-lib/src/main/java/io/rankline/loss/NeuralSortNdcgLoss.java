package io.rankline.loss;

/**
 * Negative NDCG of the relaxed order of NeuralSort: PiRank.
 *
 * <pre>
 *   loss(y, s) = - (sum_r sum_i P_ri (2^y_i - 1) / ln(1 + r)) / (sum_k (2^y_(k) - 1) / ln(1 + k))
 *   P_ri = softmax over i of (n + 1 - 2 r) s_i - sum_j |s_i - s_j|
 * </pre>
 *
 * <p>Between -1 and 0. {@code |s_i - s_j|} has slope 0 at equal scores. Entries of P below 1e-20 of
 * the largest in their row count 0. A list without a positive label gives 0 with weight 0.
 *
 * @param temperature divides the scores
 * @see <a href="https://arxiv.org/abs/2012.06731">Swezey et al., PiRank: Scalable Learning To Rank
 *     via Differentiable Sorting, NeurIPS 2021</a>
 * @see <a href="https://arxiv.org/abs/1903.08850">Grover et al., Stochastic Optimization of Sorting
 *     Networks via Continuous Relaxations, ICLR 2019</a>
 */
public record NeuralSortNdcgLoss(double temperature) implements RankingLoss {

  /** {@code e^-46 = 1e-20}: what is left out is below the last digit of a row. */
  static final double CUTOFF = 46;

  public NeuralSortNdcgLoss {
    Require.positive("temperature", temperature);
  }

  /** Temperature 1. */
  public NeuralSortNdcgLoss() {
    this(1);
  }

  @Override
  public String wireName() {
    return LossKey.NEURAL_SORT_NDCG.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    evaluateList(list);
  }

  static void evaluateList(LossWorkspace list) {
    if (!(list.labelSum() > 0)) {
      list.listwise(0, 0);
      return;
    }
    int n = list.size;
    double weight = list.listwiseWeight();
    double[] itemGain = list.a;
    double inverseBest = IdealDcg.fillScaledGains(list, itemGain);
    NeuralSort sort = list.scoreSort;
    sort.present(list.s, n);
    double[] gain = list.b;
    for (int k = 0; k < n; k++) {
      gain[k] = itemGain[sort.order[k]] * inverseBest;
    }
    double[] discount = list.discounts.inverseLn(n);
    double[] row = sort.row;
    double loss = 0;
    for (int r = 1; r <= n; r++) {
      sort.fillRow(r, CUTOFF, 1);
      double expected = 0;
      for (int k = sort.from; k < sort.to; k++) {
        expected += row[k] * gain[k];
      }
      loss -= discount[r - 1] * expected;
      double outer = -weight * discount[r - 1];
      double coefficient = n + 1 - 2.0 * r;
      addSlopes(sort, row, gain, expected, outer, coefficient);
    }
    list.listwise(loss, weight);
    sort.backward(list.g, 1);
  }

  private static void addSlopes(
      NeuralSort sort,
      double[] row,
      double[] gain,
      double expected,
      double outer,
      double coefficient) {
    double[] slope = sort.slope;
    double[] scaledSlope = sort.scaledSlope;
    for (int k = sort.from; k < sort.to; k++) {
      double dz = outer * row[k] * (gain[k] - expected);
      slope[k] += dz;
      scaledSlope[k] += coefficient * dz;
    }
  }
}
