package io.rankline.loss.listwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Each item against the items of lower labels only.
 *
 * <pre>
 *   loss(y, s) = sum_i (2^y_i - 1) (ln(exp(s_i) + sum_{y_j &lt; y_i} exp(s_j)) - s_i)
 * </pre>
 *
 * <p>Sums of exponentials are kept relative to their largest term, so that scores of any finite
 * size are safe. All-zero labels give 0.
 *
 * @see <a href="https://arxiv.org/abs/2001.01828">Zhu and Klabjan, Listwise Learning to Rank by
 *     Exploring Unique Ratings, WSDM 2020</a>
 */
@LossName("unique_softmax_loss")
public record UniqueSoftmaxLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements ListwiseLoss {

  public UniqueSoftmaxLoss {
    Faults.in(UniqueSoftmaxLoss.class, temperature).orThrow();
  }

  /** Temperature 1. */
  public UniqueSoftmaxLoss() {
    this(1);
  }

  @Override
  public double loss(LossList list, double weight) {
    int n = list.size();
    int[] order = list.byLabel();
    double[][] columns = list.columns(UniqueSoftmaxLoss.class, 2);
    double[] gain = columns[0];
    double[] logSum = columns[1];
    double loss = forward(list, n, order, gain, logSum);
    if (weight != 0) {
      backward(list, n, order, gain, logSum, weight);
    }
    return loss;
  }

  /** From the lowest label up: the log-sum of exponentials that each item stands against. */
  private static double forward(LossList list, int n, int[] order, double[] gain, double[] logSum) {
    double loss = 0;
    double lower = Double.NEGATIVE_INFINITY;
    int end = n;
    while (end > 0) {
      double label = list.labels()[order[end - 1]];
      int start = end - 1;
      while (start > 0 && list.labels()[order[start - 1]] == label) {
        start--;
      }
      double itemGain = Math.pow(2, label) - 1;
      if (!(itemGain <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "gain of label %s must be finite, got %s".formatted(label, itemGain));
      }
      double group = lower;
      for (int k = end - 1; k >= start; k--) {
        double s = list.scores()[order[k]];
        gain[k] = itemGain;
        logSum[k] = ExpLog.logAddExp(s, lower);
        loss += itemGain * (logSum[k] - s);
        group = ExpLog.logAddExp(group, s);
      }
      lower = group;
      end = start;
    }
    return loss;
  }

  /** From the highest label down: how much the items above push each item. */
  private static void backward(
      LossList list, int n, int[] order, double[] gain, double[] logSum, double weight) {
    double above = Double.NEGATIVE_INFINITY;
    // Labels below 0 have gains below 0: they pull, and have a sum of their own.
    double pulling = Double.NEGATIVE_INFINITY;
    int start = 0;
    while (start < n) {
      double label = list.labels()[order[start]];
      int end = start;
      double group = above;
      double pullingGroup = pulling;
      while (end < n && list.labels()[order[end]] == label) {
        double s = list.scores()[order[end]];
        double own = gain[end] * (ExpLog.exp(s - logSum[end]) - 1);
        list.gradient()[order[end]] +=
            weight * (own + ExpLog.exp(s + above) - ExpLog.exp(s + pulling));
        if (gain[end] > 0) {
          group = ExpLog.logAddExp(group, Math.log(gain[end]) - logSum[end]);
        } else if (gain[end] < 0) {
          pullingGroup = ExpLog.logAddExp(pullingGroup, Math.log(-gain[end]) - logSum[end]);
        }
        end++;
      }
      above = group;
      pulling = pullingGroup;
      start = end;
    }
  }
}
