package io.rankline.loss;

import io.rankline.loss.lambda.DcgLambdaWeight;
import org.jspecify.annotations.Nullable;

/** The cross entropy of a list with a softmax, which several losses vary. */
final class SoftmaxKernel {

  private SoftmaxKernel() {}

  /**
   * Fills scratch array a with the target of each item, {@code w_i y_i}, or {@code w_i g_i
   * disc(r_i)} with a lambda weight.
   *
   * @param n number of items, a virtual one included
   */
  static void targets(LossWorkspace list, int n, @Nullable DcgLambdaWeight lambda) {
    double[] target = list.a;
    if (lambda == null) {
      for (int i = 0; i < n; i++) {
        target[i] = list.w[i] * list.y[i];
      }
      return;
    }
    PairRows rows = list.pairs;
    ItemOrder.descending(list.s, n, list.order, list.orderScratch, list.ties, list.tieKey);
    for (int k = 0; k < n; k++) {
      list.ranks[list.order[k]] = k + 1;
    }
    ItemOrder.descending(list.y, n, list.order, list.orderScratch, TieOrder.BY_POSITION, 0);
    for (int k = 0; k < n; k++) {
      int item = list.order[k];
      rows.y[k] = list.y[item];
      rows.ranks[k] = list.ranks[item];
    }
    list.lambdaItems.present(n, list.listSize, rows.y, rows.ranks);
    lambda.individual(list.lambdaItems, list.b);
    for (int k = 0; k < n; k++) {
      int item = list.order[k];
      target[item] = list.w[item] * list.b[k];
    }
  }

  /**
   * Cross entropy of the targets in scratch array a.
   *
   * <p>Where the targets sum to 0 the loss is that of equal targets, with weight 0.
   *
   * @param n number of items, a virtual one included
   * @param epsilon weight of {@code 1 - sum of target * softmax}
   */
  static void evaluate(LossWorkspace list, int n, double epsilon) {
    if (n == 0) {
      list.listwise(0, 0);
      return;
    }
    double[] target = list.a;
    double[] p = list.b;
    double[] s = list.s;
    double highest = s[0];
    for (int i = 1; i < n; i++) {
      // Not Math.max, whose care for NaN and -0 costs more than the rest of the loop.
      if (s[i] > highest) {
        highest = s[i];
      }
    }
    double sum = 0;
    double targetSum = 0;
    double scoreSum = 0;
    double crossed = 0;
    for (int i = 0; i < n; i++) {
      double below = s[i] - highest;
      p[i] = ExpLog.exp(below);
      sum += p[i];
      targetSum += target[i];
      scoreSum += below;
      crossed += target[i] * below;
    }
    double logSum = Math.log(sum);
    double inverse = 1 / sum;
    if (targetSum == 0) {
      list.listwise(logSum - scoreSum / n + epsilon * (1 - 1.0 / n), 0);
      return;
    }
    double overlap = 0;
    for (int i = 0; i < n; i++) {
      p[i] *= inverse;
      overlap += target[i] * p[i];
    }
    double weighted = targetSum * logSum - crossed + epsilon * (targetSum - overlap);
    list.listwise(weighted / targetSum, targetSum);
    for (int i = 0; i < list.size; i++) {
      list.g[i] += targetSum * p[i] - target[i] - epsilon * p[i] * (target[i] - overlap);
    }
  }
}
