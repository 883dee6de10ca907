package io.rankline.loss.smooth;

import io.rankline.data.RankDiscount;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.loss.listwise.ListwiseLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Negative NDCG of the relaxed order of NeuralSort: PiRank.
 *
 * <pre>
 *   loss(y, s) = - (sum_r sum_i P_ri (2^y_i - 1) / ln(1 + r)) / (sum_k (2^y_(k) - 1) / ln(1 + k))
 *   P_ri = softmax over i of (n + 1 - 2 r) s_i - sum_j |s_i - s_j|
 * </pre>
 *
 * <p>Between -1 and 0. {@code |s_i - s_j|} has slope 0 at equal scores. Entries of P below 1e-17 of
 * the largest in their row count 0. A list without a positive label gives 0 with weight 0.
 *
 * @see <a href="https://arxiv.org/abs/2012.06731">Swezey et al., PiRank: Scalable Learning To Rank
 *     via Differentiable Sorting, NeurIPS 2021</a>
 * @see <a href="https://arxiv.org/abs/1903.08850">Grover et al., Stochastic Optimization of Sorting
 *     Networks via Continuous Relaxations, ICLR 2019</a>
 */
@LossName("neural_sort_ndcg_loss")
public record NeuralSortNdcgLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements ListwiseLoss {

  public NeuralSortNdcgLoss {
    Faults.in(NeuralSortNdcgLoss.class, temperature).orThrow();
  }

  /** Temperature 1. */
  public NeuralSortNdcgLoss() {
    this(1);
  }

  @Override
  public double weight(LossList list) {
    return list.weightOfPositive();
  }

  @Override
  public double loss(LossList list, double weight) {
    if (!(list.labelSum() > 0)) {
      return 0;
    }
    int n = list.size();
    NdcgGains ndcg = NdcgGains.of(list);
    NeuralSort sort = list.scratch(NeuralSort.class, NeuralSort::new);
    sort.present(list.scores(), n, 1);
    double[] gain = list.columns(NeuralSortNdcgLoss.class, 1)[0];
    for (int k = 0; k < n; k++) {
      gain[k] = ndcg.gains()[sort.order[k]] * ndcg.inverseBest();
    }
    double[] discount = ndcg.discounts(RankDiscount.INVERSE_LN, n);
    double[] row = sort.row;
    double loss = 0;
    for (int r = 1; r <= n; r++) {
      sort.fillRow(r);
      double expected = 0;
      for (int k = sort.from; k < sort.to; k++) {
        expected += row[k] * gain[k];
      }
      loss -= discount[r - 1] * expected;
      double outer = -weight * discount[r - 1];
      double coefficient = n + 1 - 2.0 * r;
      addSlopes(sort, row, gain, expected, outer, coefficient);
    }
    sort.backward(list.gradient(), 1);
    return loss;
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
