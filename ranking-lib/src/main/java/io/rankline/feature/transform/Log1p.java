package io.rankline.feature.transform;

import io.rankline.text.Option;

/**
 * The logarithm of large values of either sign, TF-Ranking's {@code symmetric_log1p}.
 *
 * <pre>
 *   f(x) = min(cutoff, max(-cutoff, sign(x) * ln(1 + |x|)))
 * </pre>
 *
 * <p>Computed by arithmetic alone, so that every machine gives the same bits; within one unit in
 * the last place of a float.
 */
public record Log1p(
    @Option(fallback = "Infinity", meaning = "largest absolute value of a result, above 0")
        float cutoff)
    implements Transform {

  private static final double LN_2 = StrictMath.log(2);

  /** Bins of the mantissa; within one |r| <= 1/256, so that four terms are exact to 1e-12. */
  private static final int BIN_BITS = 7;

  private static final double[] BIN_LN = new double[(1 << BIN_BITS) + 1];
  private static final double[] BIN_INVERSE = new double[(1 << BIN_BITS) + 1];

  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final long HALF_BIN = 1L << (MANTISSA_BITS - BIN_BITS - 1);

  static {
    for (int k = 0; k < BIN_LN.length; k++) {
      double centre = 1 + k / (double) (1 << BIN_BITS);
      BIN_LN[k] = StrictMath.log(centre);
      BIN_INVERSE[k] = 1 / centre;
    }
  }

  public Log1p {
    if (!(cutoff > 0)) {
      throw new IllegalArgumentException("cutoff of log1p must be above 0, got " + cutoff);
    }
  }

  @Override
  public boolean isFitted() {
    return true;
  }

  @Override
  public boolean isColumnwise() {
    return true;
  }

  @Override
  public int width(int inputWidth) {
    return inputWidth;
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    int count = rows * inputWidth;
    for (int i = 0; i < count; i++) {
      float x = in[i];
      out[i] = Math.copySign((float) ln1p(Math.abs((double) x)), x);
    }
    if (cutoff != Float.POSITIVE_INFINITY) {
      for (int i = 0; i < count; i++) {
        out[i] = Math.max(-cutoff, Math.min(cutoff, out[i]));
      }
    }
  }

  /**
   * {@code ln(1 + x)} for x >= 0, without branches on ordinary values. With 1 + x = c * (1 + r) *
   * 2^e and c the centre of a bin of the mantissa, it is ln c + ln(1 + r) + e * ln 2. Rounding 1 +
   * x loses something only where x is far below 1, and there the loss itself is what is missing.
   */
  private static double ln1p(double x) {
    if (!(x <= Float.MAX_VALUE)) {
      return x;
    }
    double u = 1 + x;
    double lost = x - (u - 1);
    long bits = Double.doubleToRawLongBits(u);
    long mantissa = bits & MANTISSA;
    int bin = (int) ((mantissa + HALF_BIN) >>> (MANTISSA_BITS - BIN_BITS));
    long e = (bits >>> MANTISSA_BITS) - EXPONENT_BIAS;
    double m = Double.longBitsToDouble(mantissa | (long) EXPONENT_BIAS << MANTISSA_BITS);
    double r = m * BIN_INVERSE[bin] - 1;
    double series = r - r * r * (1.0 / 2 - r * (1.0 / 3 - r * (1.0 / 4)));
    return e * LN_2 + BIN_LN[bin] + (series + lost);
  }
}
