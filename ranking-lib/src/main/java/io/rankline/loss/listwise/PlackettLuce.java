package io.rankline.loss.listwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import org.jspecify.annotations.Nullable;

/** Negative log likelihood of an order of items: each is chosen by softmax from those left. */
final class PlackettLuce {

  private PlackettLuce() {}

  /**
   * The loss of an order; adds its gradient times {@code gradientWeight}.
   *
   * @param order items, the first choice first
   * @param positions only the first choices count, this many
   */
  static double evaluate(
      LossList list,
      int[] order,
      int positions,
      @Nullable ListMleLambdaWeight lambda,
      double gradientWeight) {
    int n = list.size();
    double[] s = list.scores();
    double[] logSum = list.columns(PlackettLuce.class, 1)[0];
    double highest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double loss = 0;
    for (int k = n - 1; k >= 0; k--) {
      double score = s[order[k]];
      if (score > highest) {
        // The first rescaling multiplies a sum of 0 with exp(-infinity) = 0.
        sum = sum * ExpLog.exp(highest - score) + 1;
        highest = score;
      } else {
        sum += ExpLog.exp(score - highest);
      }
      logSum[k] = highest + ExpLog.log1p(sum - 1);
      if (k < positions) {
        loss += delta(lambda, k) * (logSum[k] - score);
      }
    }
    if (gradientWeight == 0) {
      return loss;
    }
    // pushed = sum over earlier positions j of delta_j exp(logSum_k - logSum_j), which only
    // shrinks.
    double[] gradient = list.gradient();
    double pushed = 0;
    for (int k = 0; k < n; k++) {
      int item = order[k];
      double delta = k < positions ? delta(lambda, k) : 0;
      pushed = (k == 0 ? 0 : pushed * ExpLog.exp(logSum[k] - logSum[k - 1])) + delta;
      gradient[item] += gradientWeight * (pushed * ExpLog.exp(s[item] - logSum[k]) - delta);
    }
    return loss;
  }

  private static double delta(@Nullable ListMleLambdaWeight lambda, int k) {
    return lambda == null ? 1 : lambda.at(k + 1);
  }
}
