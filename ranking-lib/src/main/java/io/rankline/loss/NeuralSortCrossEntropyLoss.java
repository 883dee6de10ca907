package io.rankline.loss;

/**
 * Cross entropy between the relaxed orders that labels and scores give.
 *
 * <pre>
 *   loss(y, s) = - (1 / n) sum_r sum_i P(y)_ri ln(1e-20 + P(s)_ri)
 *   P(s)_ri = softmax over i of (n + 1 - 2 r) s_i - sum_j |s_i - s_j|
 * </pre>
 *
 * <p>n is the number of valid items. The temperature divides scores, not labels. {@code |s_i -
 * s_j|} has slope 0 at equal scores. A list without a positive label has weight 0.
 *
 * @param temperature divides the scores
 * @see <a href="https://arxiv.org/abs/1903.08850">Grover et al., Stochastic Optimization of Sorting
 *     Networks via Continuous Relaxations, ICLR 2019</a>
 */
public record NeuralSortCrossEntropyLoss(double temperature) implements RankingLoss {

  /** Keeps the logarithm finite. */
  private static final double TINY = 1e-20;

  /** {@code e^-83 = 1e-36}: beyond it a probability adds nothing to 1e-20. */
  private static final double CUTOFF = 83;

  public NeuralSortCrossEntropyLoss {
    Require.positive("temperature", temperature);
  }

  /** Temperature 1. */
  public NeuralSortCrossEntropyLoss() {
    this(1);
  }

  @Override
  public String wireName() {
    return LossKey.NEURAL_SORT_CROSS_ENTROPY.wireName();
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
    if (list.isLeftOut()) {
      list.listwise(0, 0);
      return;
    }
    int n = list.size;
    double weight = list.weightOfPositive();
    NeuralSort scores = list.scoreSort;
    NeuralSort labels = list.labelSort;
    scores.present(list.s, n);
    labels.present(list.y, n);
    double[] p = scores.row;
    double[] target = labels.row;
    double[] pushed = list.a;
    double nowhere = Math.log(TINY);
    double loss = 0;
    for (int r = 1; r <= n; r++) {
      scores.fillRow(r, CUTOFF, 1);
      labels.fillRow(r, NeuralSortNdcgLoss.CUTOFF, 1);
      for (int k = scores.from; k < scores.to; k++) {
        pushed[k] = 0;
      }
      double pushedSum = 0;
      for (int m = labels.from; m < labels.to; m++) {
        int k = scores.place[labels.order[m]];
        if (k < scores.from || k >= scores.to) {
          loss -= target[m] * nowhere;
          continue;
        }
        double lifted = TINY + p[k];
        loss -= target[m] * ExpLog.ln(lifted);
        pushed[k] = target[m] * p[k] / lifted;
        pushedSum += pushed[k];
      }
      for (int k = scores.from; k < scores.to; k++) {
        scores.addSlope(r, k, p[k] * pushedSum - pushed[k]);
      }
    }
    list.listwise(loss / n, weight);
    scores.backward(list.g, weight / n);
  }
}
