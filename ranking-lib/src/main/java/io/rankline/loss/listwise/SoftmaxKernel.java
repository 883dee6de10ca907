package io.rankline.loss.listwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossScratch;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaItems;
import org.jspecify.annotations.Nullable;

/** The cross entropy of a list with a softmax, which several losses vary. */
final class SoftmaxKernel {

  private double[] target = {};
  private double[] softmax = {};
  private double[] individual = {};
  private double[] sortedLabels = {};
  private int[] sortedRanks = {};
  private final LambdaItems lambdaItems = new LambdaItems();

  /**
   * Cross entropy of the targets, {@code w_i y_i}, or {@code w_i g_i disc(r_i)} with a lambda
   * weight.
   *
   * <p>Where the targets sum to 0 the loss is that of equal targets, with weight 0.
   *
   * @param n number of items, a virtual one included
   * @param smoothing share of the targets that all items have alike
   * @param epsilon weight of {@code 1 - sum of target * softmax}
   */
  void evaluate(
      LossList list, int n, @Nullable DcgLambdaWeight lambda, double smoothing, double epsilon) {
    if (n == 0) {
      list.addList(0, 0);
      return;
    }
    reserve(n);
    if (lambda == null) {
      double[] labels = list.labels();
      double[] weights = list.weights();
      double[] targets = target;
      for (int i = 0; i < n; i++) {
        targets[i] = weights[i] * labels[i];
      }
    } else {
      fillTargets(list, n, lambda);
    }
    if (smoothing != 0) {
      smooth(target, n, smoothing);
    }
    evaluate(list, n, target, softmax, epsilon);
  }

  private static void smooth(double[] target, int n, double smoothing) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += target[i];
    }
    for (int i = 0; i < n; i++) {
      target[i] = (1 - smoothing) * target[i] + smoothing * sum / n;
    }
  }

  private void fillTargets(LossList list, int n, DcgLambdaWeight lambda) {
    int[] ranks = list.ranks(n);
    int[] order = list.byLabel(n);
    for (int k = 0; k < n; k++) {
      int item = order[k];
      sortedLabels[k] = list.labels()[item];
      sortedRanks[k] = ranks[item];
    }
    lambdaItems.present(n, list.paddedSize(), sortedLabels, sortedRanks);
    lambda.individual(lambdaItems, individual);
    for (int k = 0; k < n; k++) {
      int item = order[k];
      target[item] = list.weights()[item] * individual[k];
    }
  }

  private static void evaluate(LossList list, int n, double[] target, double[] p, double epsilon) {
    double[] s = list.scores();
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
      list.addList(logSum - scoreSum / n + epsilon * (1 - 1.0 / n), 0);
      return;
    }
    double overlap = 0;
    if (epsilon != 0) {
      for (int i = 0; i < n; i++) {
        overlap += target[i] * (p[i] * inverse);
      }
    }
    double weighted = targetSum * logSum - crossed + epsilon * (targetSum - overlap);
    list.addList(weighted / targetSum, targetSum);
    double[] gradient = list.gradient();
    int size = list.size();
    for (int i = 0; i < size; i++) {
      double softmax = p[i] * inverse;
      gradient[i] += targetSum * softmax - target[i] - epsilon * softmax * (target[i] - overlap);
    }
  }

  private void reserve(int n) {
    if (target.length < n) {
      int room = LossScratch.room(n, target.length);
      target = new double[room];
      softmax = new double[room];
      individual = new double[room];
      sortedLabels = new double[room];
      sortedRanks = new int[room];
    }
  }
}
