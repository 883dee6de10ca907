package io.rankline.loss;

/** Scratch of pairwise losses: the items of one list, highest label first. */
final class PairRows {

  /** Labels. */
  double[] y = new double[0];

  /** Scores. */
  double[] s = new double[0];

  /** Item weights. */
  double[] w = new double[0];

  /** {@code e^(s - middle)}, where scores lie close enough together. */
  double[] exp = new double[0];

  /** Whether {@link #exp} is filled: {@code e^(s_j - s_i)} is then a quotient of two entries. */
  boolean separable;

  /** Lambda weights of one row. */
  double[] lambda = new double[0];

  /** {@code e^(s_j - s_i)} of one row. */
  double[] x = new double[0];

  /** {@code 1 / (1 + e^(s_i - s_j))} of one row. */
  double[] sigmoid = new double[0];

  /** Lambda weight times derivative of the loss by {@code s_i - s_j}, of one row. */
  double[] slope = new double[0];

  /** Gradient by score, in the order of this class. */
  double[] g = new double[0];

  /** Rank by score. */
  int[] ranks = new int[0];

  /** Start of the items whose label is lower than this item's. */
  int[] lower = new int[0];

  void reserve(int n) {
    if (y.length >= n) {
      return;
    }
    int room = Math.max(n, y.length + y.length / 2);
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
