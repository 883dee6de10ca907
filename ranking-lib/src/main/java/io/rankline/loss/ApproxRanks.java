package io.rankline.loss;

/**
 * Smooth ranks, {@code R_i = 1 + sum_{j != i} sigmoid(s_j - s_i)}, and how scores move them. Walks
 * the pairs twice and stores none.
 *
 * <p>Where scores lie within {@link PairKernel#SEPARABLE_RANGE} of each other, a sigmoid is a
 * quotient of exponentials that are taken once an item.
 */
final class ApproxRanks {

  private ApproxRanks() {}

  /** Fills scratch array a with the ranks; leaves what {@link #backward} needs in array e. */
  static void forward(LossWorkspace list) {
    int n = list.size;
    double[] s = list.s;
    double[] rank = list.a;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      low = Math.min(low, s[i]);
      high = Math.max(high, s[i]);
      // The pair of an item with itself adds a half below.
      rank[i] = 0.5;
    }
    list.pairs.separable = high - low <= PairKernel.SEPARABLE_RANGE;
    if (!list.pairs.separable) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          rank[i] += ExpLog.sigmoid(s[j] - s[i]);
        }
      }
      return;
    }
    double middle = low + (high - low) / 2;
    double[] exp = list.e;
    for (int i = 0; i < n; i++) {
      exp[i] = ExpLog.exp(s[i] - middle);
    }
    for (int j = 0; j < n; j++) {
      addSigmoids(rank, exp, exp[j], n);
    }
  }

  /**
   * Adds to the gradient what it means that the loss changes by c_i with rank i.
   *
   * @param c derivative of the loss by each rank
   */
  static void backward(LossWorkspace list, double[] c) {
    int n = list.size;
    double[] s = list.s;
    double[] g = list.g;
    if (!list.pairs.separable) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double p = ExpLog.sigmoid(-Math.abs(s[j] - s[i]));
          g[j] += p * (1 - p) * (c[i] - c[j]);
        }
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      addSlopes(g, list.e, c, list.e[i], c[i], n);
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
}
