package io.rankline.loss.pairwise;

import io.rankline.loss.arithmetic.ArraySum;

/**
 * {@code ln(1 + e^-d)} of a row of pairs whose exponentials are known.
 *
 * <pre>
 *   ln(1 + e^-d) = max(-d, 0) + ln(1 + u),  u = e^-|d|
 *   ln(1 + u) = 2 artanh t = t P(t^2),  t = u / (2 + u)
 * </pre>
 *
 * <p>Short loops one after the other, each of which Java's compiler makes vector code of. It does
 * not of a loop with all of this, nor of one that looks up a table or takes bits of a number apart,
 * as a logarithm of any number does.
 */
final class LogisticRow {

  // P interpolates 2 artanh(t) / t at ten Chebyshev nodes of t^2 in [0, 1/9]; relative error 5e-17.
  private static final double P0 = 2;
  private static final double P1 = 0.6666666666668257;
  private static final double P2 = 0.399999999952876;
  private static final double P3 = 0.2857142911165716;
  private static final double P4 = 0.22222190861346283;
  private static final double P5 = 0.1818285980047391;
  private static final double P6 = 0.15363676248891633;
  private static final double P7 = 0.13591305485579894;
  private static final double P8 = 0.09880789048764786;
  private static final double P9 = 0.17780763826113302;

  private LogisticRow() {}

  /**
   * Sum of lambda times loss over the pairs of item i with items from to to - 1. Fills {@code
   * sigmoid}, and overwrites {@code x} and {@code slope}.
   */
  static double sum(PairRows rows, int i, int from, int to) {
    double[] t = rows.x;
    double[] loss = rows.slope;
    fillRatios(rows.exp, rows.exp[i], from, to, t, rows.sigmoid);
    fillHighPowers(t, from, to, loss);
    fillLowPowers(t, from, to, loss);
    fillWeighted(rows.s, rows.s[i], rows.lambda, from, to, loss);
    return ArraySum.of(loss, from, to);
  }

  private static void fillRatios(
      double[] exp, double own, int from, int to, double[] t, double[] sigmoid) {
    for (int j = from; j < to; j++) {
      // One division for both quotients: scores lie within ExpLog.SEPARABLE_RANGE, so the squares
      // of
      // their exponentials are finite. The difference's magnitude gives the higher one; a maximum
      // has
      // to mind what is no number.
      double sum = exp[j] + own;
      double sumAndHigh = 1.5 * sum + 0.5 * Math.abs(exp[j] - own);
      double inverse = 1 / (sum * sumAndHigh);
      t[j] = Math.min(exp[j], own) * sum * inverse;
      sigmoid[j] = exp[j] * sumAndHigh * inverse;
    }
  }

  private static void fillHighPowers(double[] t, int from, int to, double[] p) {
    for (int j = from; j < to; j++) {
      double y = t[j] * t[j];
      p[j] =
          Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(P9, y, P8), y, P7), y, P6), y, P5), y, P4);
    }
  }

  private static void fillLowPowers(double[] t, int from, int to, double[] p) {
    for (int j = from; j < to; j++) {
      double y = t[j] * t[j];
      p[j] = Math.fma(Math.fma(Math.fma(Math.fma(p[j], y, P3), y, P2), y, P1), y, P0) * t[j];
    }
  }

  private static void fillWeighted(
      double[] s, double own, double[] lambda, int from, int to, double[] loss) {
    for (int j = from; j < to; j++) {
      double d = s[j] - own;
      // The maximum of d and 0, exactly.
      loss[j] = lambda[j] * (0.5 * (d + Math.abs(d)) + loss[j]);
    }
  }
}
