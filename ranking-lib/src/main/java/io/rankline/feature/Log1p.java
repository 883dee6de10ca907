package io.rankline.feature;

/**
 * The logarithm of large values of either sign, TF-Ranking's {@code symmetric_log1p}.
 *
 * <pre>
 *   f(x) = min(cutoff, max(-cutoff, sign(x) * ln(1 + |x|)))
 * </pre>
 *
 * <p>Computed by arithmetic alone, so that every machine gives the same bits; within one unit in
 * the last place of a float.
 *
 * @param cutoff largest absolute value of a result, above 0; infinity for none
 */
public record Log1p(float cutoff) implements Transform {

  private static final double LN_2 = StrictMath.log(2);

  private static final long SQRT_HALF_BITS = Double.doubleToRawLongBits(StrictMath.sqrt(0.5));

  /** Below this, x - x^2/2 is ln(1+x) to 1e-13, and rounding 1+x would cost more than that. */
  private static final double SMALL = 0x1p-20;

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
      float y = Math.copySign((float) ln1p(Math.abs((double) x)), x);
      out[i] = Math.max(-cutoff, Math.min(cutoff, y));
    }
  }

  /**
   * {@code ln(1 + x)} for x >= 0. With 1 + x = m * 2^e and m in [sqrt(1/2), sqrt(2)), ln m is the
   * series 2 * (s + s^3/3 + s^5/5 + ...) of s = (m-1)/(m+1), |s| < 0.172.
   */
  private static double ln1p(double x) {
    if (x < SMALL) {
      return x - x * x / 2;
    }
    if (!(x <= Float.MAX_VALUE)) {
      return x;
    }
    long bits = Double.doubleToRawLongBits(1 + x);
    long e = (bits - SQRT_HALF_BITS) >> 52;
    double m = Double.longBitsToDouble(bits - (e << 52));
    double s = (m - 1) / (m + 1);
    double z = s * s;
    double series =
        1 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11)))));
    return e * LN_2 + 2 * s * series;
  }
}
