package io.rankline.loss;

import io.rankline.loss.lambda.PairLambdaWeight;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the pairs of a list row by row, in memory that grows with n. Items are put in the order of
 * their labels first, so that the items below one of them are a contiguous run.
 */
final class PairKernel {

  /** {@code e^range} of two scores that lie further apart would overflow or lose digits. */
  static final double SEPARABLE_RANGE = 600;

  private PairKernel() {}

  static void evaluate(LossWorkspace list, PairShape shape, @Nullable PairLambdaWeight lambda) {
    PairRows rows = list.pairs;
    int n = list.size;
    arrange(list, lambda);
    rows.separable = false;
    if (shape.function != PairFunction.HINGE && shape.function != PairFunction.SQUARED) {
      fillExponentials(rows, n);
    }
    Arrays.fill(rows.g, 0, n, 0);
    if (lambda == null) {
      Arrays.fill(rows.lambda, 0, n, 1);
    }
    LossTotals totals = list.totals;
    for (int i = 0; i < n; i++) {
      int from = shape.allPairs ? 0 : rows.lower[i];
      double weight = rows.w[i];
      if (from == n || weight == 0) {
        continue;
      }
      if (lambda != null) {
        lambda.row(list.lambdaItems, i, from, n, rows.lambda);
      }
      double ownLambda = rows.lambda[i];
      if (shape.allPairs) {
        rows.lambda[i] = 0;
      }
      totals.weightedLoss += weight * shape.scale * shape.function.row(rows, i, from, n);
      if (list.countsWeights) {
        countWeights(rows.lambda, from, n, weight, totals);
      }
      rows.g[i] += spread(rows.slope, rows.g, from, n, weight * shape.scale);
      if (lambda == null) {
        rows.lambda[i] = ownLambda;
      }
    }
    for (int k = 0; k < n; k++) {
      list.g[list.order[k]] += rows.g[k];
    }
  }

  /** Orders items by label, and ranks them by score if there is a lambda weight. */
  static void arrange(LossWorkspace list, @Nullable PairLambdaWeight lambda) {
    PairRows rows = list.pairs;
    int n = list.size;
    if (lambda != null) {
      // Only ranks may be random: the order of items of one label makes no difference to pairs.
      ItemOrder.descending(list.s, n, list.order, list.orderScratch, list.ties, list.tieKey);
      for (int k = 0; k < n; k++) {
        list.ranks[list.order[k]] = k + 1;
      }
    }
    ItemOrder.descending(list.y, n, list.order, list.orderScratch, TieOrder.BY_POSITION, 0);
    for (int k = 0; k < n; k++) {
      int item = list.order[k];
      rows.y[k] = list.y[item];
      rows.s[k] = list.s[item];
      rows.w[k] = list.w[item];
      rows.ranks[k] = list.ranks[item];
    }
    int lower = n;
    for (int k = n - 1; k >= 0; k--) {
      if (k < n - 1 && rows.y[k] != rows.y[k + 1]) {
        lower = k + 1;
      }
      rows.lower[k] = lower;
    }
    if (lambda != null) {
      list.lambdaItems.present(n, list.listSize, rows.y, rows.ranks);
      lambda.prepare(list.lambdaItems);
    }
  }

  /**
   * Fills the losses and weights of all pairs of the list, by item index, before item weights.
   *
   * @param losses receives {@code loss_ij} at {@code start + i L + j}
   * @param weights receives {@code lambda_ij}, 0 where the pair does not count
   */
  static void unreduced(
      LossWorkspace list,
      PairShape shape,
      @Nullable PairLambdaWeight lambda,
      double[] losses,
      double[] weights,
      int start) {
    PairRows rows = list.pairs;
    int n = list.size;
    arrange(list, lambda);
    for (int i = 0; i < n; i++) {
      if (lambda == null) {
        Arrays.fill(rows.lambda, 0, n, 1);
      } else {
        lambda.row(list.lambdaItems, i, 0, n, rows.lambda);
      }
      int row = start + list.index[list.order[i]] * list.listSize;
      for (int j = 0; j < n; j++) {
        boolean counts = shape.allPairs ? i != j : j >= rows.lower[i];
        int target = row + list.index[list.order[j]];
        losses[target] =
            shape.scale * shape.function.loss(rows.s[i] - rows.s[j], rows.y[i] - rows.y[j]);
        weights[target] = counts ? rows.lambda[j] : 0;
      }
    }
  }

  private static void fillExponentials(PairRows rows, int n) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      low = Math.min(low, rows.s[k]);
      high = Math.max(high, rows.s[k]);
    }
    rows.separable = high - low <= SEPARABLE_RANGE;
    if (rows.separable) {
      double middle = low + (high - low) / 2;
      for (int k = 0; k < n; k++) {
        rows.exp[k] = ExpLog.exp(rows.s[k] - middle);
      }
    }
  }

  private static void countWeights(
      double[] lambda, int from, int to, double weight, LossTotals totals) {
    double sum = 0;
    int nonzero = 0;
    for (int j = from; j < to; j++) {
      sum += lambda[j];
      nonzero += lambda[j] != 0 ? 1 : 0;
    }
    totals.weightSum += weight * sum;
    totals.nonzeroWeights += nonzero;
  }

  /** Subtracts the slopes of a row from the gradient of its second items; returns their sum. */
  private static double spread(double[] slope, double[] g, int from, int to, double weight) {
    // Four sums at a time: one would wait for each addition to finish before the next.
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int last = from;
    for (; last < to - 3; last += 4) {
      first += slope[last];
      second += slope[last + 1];
      third += slope[last + 2];
      fourth += slope[last + 3];
    }
    for (; last < to; last++) {
      first += slope[last];
    }
    for (int j = from; j < to; j++) {
      g[j] -= weight * slope[j];
    }
    return weight * ((first + second) + (third + fourth));
  }
}
