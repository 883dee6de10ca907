package io.rankline.loss.smooth;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.loss.listwise.ListwiseLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;

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
 * @see <a href="https://arxiv.org/abs/1903.08850">Grover et al., Stochastic Optimization of Sorting
 *     Networks via Continuous Relaxations, ICLR 2019</a>
 */
@LossName("neural_sort_cross_entropy_loss")
public record NeuralSortCrossEntropyLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements ListwiseLoss {

  /** Keeps the logarithm finite. */
  private static final double TINY = 1e-20;

  /** {@code e^-83 = 1e-36}: beyond it a probability adds nothing to 1e-20. */
  private static final double CUTOFF = 83;

  public NeuralSortCrossEntropyLoss {
    Faults.in(NeuralSortCrossEntropyLoss.class, temperature).orThrow();
  }

  /** Temperature 1. */
  public NeuralSortCrossEntropyLoss() {
    this(1);
  }

  @Override
  public double weight(LossList list) {
    return list.weightOfPositive();
  }

  @Override
  public double loss(LossList list, double weight) {
    int n = list.size();
    Sorts sorts = list.scratch(Sorts.class, Sorts::new);
    NeuralSort scores = sorts.scores;
    NeuralSort labels = sorts.labels;
    scores.present(list.scores(), n, 1);
    labels.present(list.labels(), n, 1);
    double[] p = scores.row;
    double[] target = labels.row;
    double[] pushed = list.columns(NeuralSortCrossEntropyLoss.class, 1)[0];
    double nowhere = Math.log(TINY);
    double loss = 0;
    for (int r = 1; r <= n; r++) {
      scores.fillRow(r);
      labels.fillRow(r);
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
    scores.backward(list.gradient(), weight / n);
    return loss / n;
  }

  private static final class Sorts {
    final NeuralSort scores = new NeuralSort(CUTOFF);
    final NeuralSort labels = new NeuralSort();
  }
}
