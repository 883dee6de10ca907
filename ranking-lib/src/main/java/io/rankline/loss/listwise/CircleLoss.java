package io.rankline.loss.listwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Pairs weighted by how far each score is from where it should be.
 *
 * <pre>
 *   loss(y, s) = ln(1 + sum_{y_i &gt; y_j} exp(gamma (a_i (1 - m - s_i) + b_j (s_j - m))))
 *   a_i = max(0, 1 + m - s_i),  b_j = max(0, s_j + m),  s clipped to [0, 1]
 * </pre>
 *
 * <p>a and b carry no gradient; a score outside [0, 1] has none either. The sum over pairs factors
 * by label, so it takes n log n steps, and is kept as a logarithm. A list without a pair of
 * different labels gives 0 with weight 0.
 *
 * @param margin m
 * @see <a href="https://arxiv.org/abs/2002.10857">Sun et al., Circle Loss: A Unified Perspective of
 *     Pair Similarity Optimization, CVPR 2020</a>
 */
@LossName("circle_loss")
public record CircleLoss(
    @Option(fallback = "64.0", above = 0, words = POSITIVE, meaning = "scale") double gamma,
    @Option(fallback = "0.25", least = 0, meaning = "margin") double margin)
    implements ListwiseLoss {

  public CircleLoss {
    Faults.in(CircleLoss.class, gamma, margin).orThrow();
  }

  /** Gamma 64, margin 0.25. */
  public CircleLoss() {
    this(64, 0.25);
  }

  @Override
  public double weight(LossList list) {
    for (int i = 1; i < list.size(); i++) {
      if (list.labels()[i] != list.labels()[0]) {
        return list.weight();
      }
    }
    return 0;
  }

  @Override
  public double loss(LossList list, double weight) {
    int n = list.size();
    int[] order = list.byLabel();
    double[] y = list.labels();
    double[][] columns = list.columns(CircleLoss.class, 5);
    // By position in the order: exponents as first and second item of a pair, and their slopes.
    double[] first = columns[0];
    double[] second = columns[1];
    double[] firstSlope = columns[2];
    double[] secondSlope = columns[3];
    double[] lowerSum = columns[4];
    for (int k = 0; k < n; k++) {
      double score = list.scores()[order[k]];
      double clipped = Math.min(Math.max(score, 0), 1);
      boolean moves = score == clipped;
      double up = gamma * Math.max(0, 1 + margin - clipped);
      double down = gamma * Math.max(0, clipped + margin);
      first[k] = up * (1 - margin - clipped);
      second[k] = down * (clipped - margin);
      firstSlope[k] = moves ? -up : 0;
      secondSlope[k] = moves ? down : 0;
    }
    double logSum = Double.NEGATIVE_INFINITY;
    double lower = Double.NEGATIVE_INFINITY;
    double group = Double.NEGATIVE_INFINITY;
    for (int k = n - 1; k >= 0; k--) {
      if (k < n - 1 && y[order[k]] != y[order[k + 1]]) {
        lower = group;
      }
      lowerSum[k] = lower;
      logSum = ExpLog.logAddExp(logSum, first[k] + lower);
      group = ExpLog.logAddExp(group, second[k]);
    }
    if (logSum == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double scale = weight * ExpLog.sigmoid(logSum);
    double higher = Double.NEGATIVE_INFINITY;
    group = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      if (k > 0 && y[order[k]] != y[order[k - 1]]) {
        higher = group;
      }
      list.gradient()[order[k]] +=
          scale
              * (firstSlope[k] * ExpLog.exp(first[k] + lowerSum[k] - logSum)
                  + secondSlope[k] * ExpLog.exp(second[k] + higher - logSum));
      group = ExpLog.logAddExp(group, first[k]);
    }
    return ExpLog.softplus(logSum);
  }
}
