package io.rankline.loss.pairwise;

import io.rankline.loss.arithmetic.ArraySum;
import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.GradeSmoothing;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossScratch;
import io.rankline.loss.form.LossTotals;
import io.rankline.loss.lambda.LambdaItems;
import io.rankline.loss.lambda.PairLambdaWeight;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the pairs of a list row by row, in memory that grows with n. A row is one item against
 * others. Items are put in the order of their labels first, highest first, so that the items below
 * one of them are a contiguous run.
 */
final class PairRows {

  /** Labels. */
  double[] y = {};

  /** Scores. */
  double[] s = {};

  /** Item weights. */
  private double[] w = {};

  /** {@code e^(s - middle)}, where scores lie close enough together. */
  double[] exp = {};

  /** Whether {@link #exp} is filled: {@code e^(s_j - s_i)} is then a quotient of two entries. */
  boolean separable;

  /** Lambda weights of one row. */
  double[] lambda = {};

  /** What {@link LogisticRow} makes of {@code e^(s_j - s_i)}, of one row. */
  double[] x = {};

  /** {@code 1 / (1 + e^(s_i - s_j))} of one row. */
  double[] sigmoid = {};

  /** Lambda weight times derivative of the loss by {@code s_i - s_j}, of one row. */
  double[] slope = {};

  /** Gradient by score, in the order of this class. */
  private double[] g = {};

  /** Rank by score. */
  private int[] ranks = {};

  /** Start of the items whose label is lower than this item's. */
  private int[] lower = {};

  private final LambdaItems lambdaItems = new LambdaItems();

  /** Adds loss, weights and gradient of all pairs to the list. */
  void evaluate(LossList list, PairwiseLoss loss) {
    int n = list.size();
    PairLambdaWeight lambdaWeight = loss.lambdaWeight();
    PairFunction function = loss.function();
    boolean allPairs = loss.takesAllPairs();
    double scale = loss.scale();
    boolean smooths = loss.labelSmoothing() > 0;
    double logOdds = smooths ? GradeSmoothing.logOdds(loss.labelSmoothing()) : 0;
    int[] order = arrange(list, lambdaWeight);
    separable = function.readsExponentials() && fillExponentials(n);
    Arrays.fill(g, 0, n, 0);
    if (lambdaWeight == null) {
      Arrays.fill(lambda, 0, n, 1);
    }
    LossTotals totals = list.totals();
    for (int i = 0; i < n; i++) {
      int from = allPairs ? 0 : lower[i];
      double weight = w[i];
      if (from == n || weight == 0) {
        continue;
      }
      if (lambdaWeight != null) {
        lambdaWeight.row(lambdaItems, i, from, n, lambda);
      }
      double ownLambda = lambda[i];
      if (allPairs) {
        lambda[i] = 0;
      }
      double row = function.row(this, i, from, n) + (smooths ? doubt(i, from, n, logOdds) : 0);
      totals.addWeighted(weight * scale * row);
      if (list.countsWeights()) {
        countWeights(lambda, from, n, weight, totals);
      }
      g[i] += spread(slope, g, from, n, weight * scale);
      if (lambdaWeight == null) {
        lambda[i] = ownLambda;
      }
    }
    double[] gradient = list.gradient();
    for (int k = 0; k < n; k++) {
      gradient[order[k]] += g[k];
    }
  }

  /** What doubt about the order of labels adds to the pairs of item i, and to their slopes. */
  private double doubt(int i, int from, int to, double logOdds) {
    double sum = 0;
    double wrong = 0;
    for (int j = from; j < to; j++) {
      if (j == from || y[j] != y[j - 1]) {
        wrong = GradeSmoothing.right(y[j] - y[i], logOdds); // one gap for a run of labels
      }
      sum += lambda[j] * wrong * (s[i] - s[j]);
      slope[j] += lambda[j] * wrong;
    }
    return sum;
  }

  /** As {@link PairwiseLoss#unreduced} says. */
  void unreduced(LossList list, PairwiseLoss loss, double[] losses, double[] weights, int start) {
    int n = list.size();
    PairLambdaWeight lambdaWeight = loss.lambdaWeight();
    int[] order = arrange(list, lambdaWeight);
    int[] indices = list.indices();
    Arrays.fill(lambda, 0, n, 1);
    boolean smooths = loss.labelSmoothing() > 0;
    double logOdds = smooths ? GradeSmoothing.logOdds(loss.labelSmoothing()) : 0;
    for (int i = 0; i < n; i++) {
      if (lambdaWeight != null) {
        lambdaWeight.row(lambdaItems, i, 0, n, lambda);
      }
      int row = start + indices[order[i]] * list.paddedSize();
      for (int j = 0; j < n; j++) {
        boolean counts = loss.takesAllPairs() ? i != j : j >= lower[i];
        int target = row + indices[order[j]];
        double d = s[i] - s[j];
        double doubt = smooths ? d * GradeSmoothing.right(y[j] - y[i], logOdds) : 0;
        losses[target] = loss.scale() * (loss.function().loss(d, y[i] - y[j]) + doubt);
        weights[target] = counts ? lambda[j] : 0;
      }
    }
  }

  /**
   * Takes the items in the order of their labels, with their ranks if there is a lambda weight.
   *
   * @return the order
   */
  private int[] arrange(LossList list, @Nullable PairLambdaWeight lambdaWeight) {
    int n = list.size();
    reserve(n);
    // Only ranks may be random: the order of items of one label makes no difference to pairs.
    int[] rankOf = lambdaWeight == null ? ranks : list.ranks(n);
    int[] order = list.byLabel();
    for (int k = 0; k < n; k++) {
      int item = order[k];
      y[k] = list.labels()[item];
      s[k] = list.scores()[item];
      w[k] = list.weights()[item];
    }
    int start = n;
    for (int k = n - 1; k >= 0; k--) {
      if (k < n - 1 && y[k] != y[k + 1]) {
        start = k + 1;
      }
      lower[k] = start;
    }
    if (lambdaWeight != null) {
      for (int k = 0; k < n; k++) {
        ranks[k] = rankOf[order[k]];
      }
      lambdaItems.present(n, list.paddedSize(), y, ranks);
      lambdaWeight.prepare(lambdaItems);
    }
    return order;
  }

  private boolean fillExponentials(int n) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      low = Math.min(low, s[k]);
      high = Math.max(high, s[k]);
    }
    if (!(high - low <= ExpLog.SEPARABLE_RANGE)) {
      return false;
    }
    double middle = low + (high - low) / 2;
    for (int k = 0; k < n; k++) {
      exp[k] = ExpLog.exp(s[k] - middle);
    }
    return true;
  }

  private static void countWeights(
      double[] lambda, int from, int to, double weight, LossTotals totals) {
    double sum = 0;
    int nonzero = 0;
    for (int j = from; j < to; j++) {
      sum += lambda[j];
      nonzero += lambda[j] != 0 ? 1 : 0;
    }
    totals.addWeights(weight * sum, nonzero);
  }

  /** Subtracts the slopes of a row from the gradient of its second items; returns their sum. */
  private static double spread(double[] slope, double[] g, int from, int to, double weight) {
    for (int j = from; j < to; j++) {
      g[j] -= weight * slope[j];
    }
    return weight * ArraySum.of(slope, from, to);
  }

  private void reserve(int n) {
    if (y.length >= n) {
      return;
    }
    int room = LossScratch.room(n, y.length);
    y = new double[room];
    s = new double[room];
    w = new double[room];
    exp = new double[room];
    lambda = new double[room];
    x = new double[room];
    sigmoid = new double[room];
    slope = new double[room];
    g = new double[room];
    ranks = new int[room];
    lower = new int[room];
  }
}
