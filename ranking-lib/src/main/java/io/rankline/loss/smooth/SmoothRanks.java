package io.rankline.loss.smooth;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossScratch;

/**
 * Smooth ranks, {@code R_i = 1 + sum_{j != i} sigmoid(s_j - s_i)}, and how scores move them. Walks
 * the pairs twice and stores none.
 *
 * <p>Where scores lie within {@link ExpLog#SEPARABLE_RANGE} of each other, a sigmoid is a quotient
 * of exponentials that are taken once an item.
 */
final class SmoothRanks {

  /** Rank of each item. */
  double[] rank = {};

  /** Receives the derivative of the loss by each rank. */
  double[] slope = {};

  private double[] exp = {};
  private boolean separable;

  /** Fills {@link #rank}. */
  void forward(double[] s, int n) {
    reserve(n);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      low = Math.min(low, s[i]);
      high = Math.max(high, s[i]);
      // The pair of an item with itself adds a half below.
      rank[i] = 0.5;
    }
    separable = high - low <= ExpLog.SEPARABLE_RANGE;
    if (!separable) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          rank[i] += ExpLog.sigmoid(s[j] - s[i]);
        }
      }
      return;
    }
    double middle = low + (high - low) / 2;
    for (int i = 0; i < n; i++) {
      exp[i] = ExpLog.exp(s[i] - middle);
    }
    for (int j = 0; j < n; j++) {
      addSigmoids(rank, exp, exp[j], n);
    }
  }

  /** Adds to the gradient by score what {@link #slope} means for it. */
  void backward(double[] s, double[] g, int n) {
    double[] c = slope;
    if (!separable) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double p = ExpLog.sigmoid(-Math.abs(s[j] - s[i]));
          g[j] += p * (1 - p) * (c[i] - c[j]);
        }
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      addSlopes(g, exp, c, exp[i], c[i], n);
    }
  }

  /** Loops of their own, without branches, which the compiler turns into vector instructions. */
  private static void addSigmoids(double[] rank, double[] exp, double other, int n) {
    for (int i = 0; i < n; i++) {
      rank[i] += other / (exp[i] + other);
    }
  }

  private static void addSlopes(
      double[] g, double[] exp, double[] c, double other, double otherC, int n) {
    for (int j = 0; j < n; j++) {
      double inverse = 1 / (exp[j] + other);
      g[j] += (exp[j] * inverse) * (other * inverse) * (otherC - c[j]);
    }
  }

  private void reserve(int n) {
    if (rank.length < n) {
      int room = LossScratch.room(n, rank.length);
      rank = new double[room];
      slope = new double[room];
      exp = new double[room];
    }
  }
}
