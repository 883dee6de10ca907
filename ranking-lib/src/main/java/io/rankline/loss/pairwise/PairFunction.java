package io.rankline.loss.pairwise;

import io.rankline.loss.arithmetic.ExpLog;

/** The loss of a pair by the difference of its scores, {@code d = s_i - s_j}. */
public enum PairFunction {
  /** {@code max(0, 1 - d)}; slope -1/2 at the kink, midway between both sides. */
  HINGE {
    @Override
    double loss(double d, double labelGap) {
      return Math.max(0, 1 - d);
    }

    @Override
    double row(PairRows rows, int i, int from, int to) {
      double[] s = rows.s;
      double[] lambda = rows.lambda;
      double[] slope = rows.slope;
      double base = 1 - s[i];
      double sum = 0;
      for (int j = from; j < to; j++) {
        double margin = base + s[j];
        sum += lambda[j] * Math.max(0, margin);
        // No branch, which would be guessed wrong half of the time. At the kink TensorFlow has
        // slope 0; docs/parity.md.
        slope[j] = -lambda[j] * (0.5 + 0.5 * Math.signum(margin));
      }
      return sum;
    }
  },

  /** {@code ln(1 + e^-d)}. */
  LOGISTIC {
    @Override
    double loss(double d, double labelGap) {
      return ExpLog.softplus(-d);
    }

    @Override
    double row(PairRows rows, int i, int from, int to) {
      double[] lambda = rows.lambda;
      double[] sigmoid = rows.sigmoid;
      double[] slope = rows.slope;
      double sum = 0;
      if (rows.separable) {
        sum = LogisticRow.sum(rows, i, from, to);
      } else {
        double[] s = rows.s;
        for (int j = from; j < to; j++) {
          double d = s[i] - s[j];
          sigmoid[j] = ExpLog.sigmoid(-d);
          sum += lambda[j] * ExpLog.softplus(-d);
        }
      }
      for (int j = from; j < to; j++) {
        slope[j] = -lambda[j] * sigmoid[j];
      }
      return sum;
    }
  },

  /** {@code 1 / (1 + e^d)}. */
  SOFT_ZERO_ONE {
    @Override
    double loss(double d, double labelGap) {
      return ExpLog.sigmoid(-d);
    }

    @Override
    double row(PairRows rows, int i, int from, int to) {
      double[] lambda = rows.lambda;
      double[] sigmoid = rows.sigmoid;
      double[] slope = rows.slope;
      double sum = 0;
      if (rows.separable) {
        quotients(rows, i, from, to);
      } else {
        double[] s = rows.s;
        for (int j = from; j < to; j++) {
          sigmoid[j] = ExpLog.sigmoid(s[j] - s[i]);
        }
      }
      for (int j = from; j < to; j++) {
        sum += lambda[j] * sigmoid[j];
        slope[j] = -lambda[j] * sigmoid[j] * (1 - sigmoid[j]);
      }
      return sum;
    }
  },

  /** {@code (d - (y_i - y_j))^2}. */
  SQUARED {
    @Override
    double loss(double d, double labelGap) {
      return (d - labelGap) * (d - labelGap);
    }

    @Override
    double row(PairRows rows, int i, int from, int to) {
      double[] s = rows.s;
      double[] y = rows.y;
      double[] lambda = rows.lambda;
      double[] slope = rows.slope;
      double offset = s[i] - y[i];
      double sum = 0;
      for (int j = from; j < to; j++) {
        double error = offset - (s[j] - y[j]);
        double weighted = lambda[j] * error;
        sum += weighted * error;
        slope[j] = 2 * weighted;
      }
      return sum;
    }
  };

  /** Whether {@link #row} has a faster way where {@link PairRows#exp} is filled. */
  boolean readsExponentials() {
    return this == LOGISTIC || this == SOFT_ZERO_ONE;
  }

  /** The loss of one pair. */
  abstract double loss(double d, double labelGap);

  /**
   * Sum of lambda times loss over the pairs of item i with items from to to - 1; fills the slopes.
   */
  abstract double row(PairRows rows, int i, int from, int to);

  /** Fills {@code sigmoid = 1 / (1 + e^d)} by quotients of exponentials. */
  private static void quotients(PairRows rows, int i, int from, int to) {
    double[] exp = rows.exp;
    double[] sigmoid = rows.sigmoid;
    double own = rows.exp[i];
    for (int j = from; j < to; j++) {
      sigmoid[j] = exp[j] / (exp[j] + own);
    }
  }
}
