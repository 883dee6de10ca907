package io.rankline.server.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floats as TensorFlow Serving writes them: in six significant digits where those read back as the
 * same float, in nine otherwise, and with a point or an exponent, so that none looks like a whole
 * number.
 */
public final class FloatText {

  private static final MathContext SHORT = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final MathContext LONG = new MathContext(9, RoundingMode.HALF_EVEN);

  private FloatText() {}

  /** The text of a float: {@code 0.1}, {@code 9e+06}, {@code -23.0258503}, {@code NaN}. */
  public static String of(float value) {
    if (Float.isNaN(value)) {
      return "NaN";
    }
    if (Float.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact.round(SHORT);
    int digits = SHORT.getPrecision();
    if (rounded.floatValue() != value) {
      rounded = exact.round(LONG);
      digits = LONG.getPrecision();
    }
    String text = general(rounded.stripTrailingZeros(), digits);
    return text.indexOf('.') < 0 && text.indexOf('e') < 0 ? text + ".0" : text;
  }

  /** As C's {@code %g} writes it: an exponent below -4, or from {@code digits} on. */
  private static String general(BigDecimal value, int digits) {
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return value.toPlainString();
    }
    StringBuilder text = new StringBuilder(value.unscaledValue().toString());
    int first = value.signum() < 0 ? 1 : 0;
    if (text.length() > first + 1) {
      text.insert(first + 1, '.');
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    return text.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent)).toString();
  }
}
