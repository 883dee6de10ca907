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

  /** Exact as doubles, as are their products with floats up to the twelfth: 24 bits and 28. */
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12
  };

  private static final double SMALLEST_PLAIN = 1e-4;
  private static final double LARGEST_PLAIN = 1e6;

  private FloatText() {}

  /** The text of a float: {@code 0.1}, {@code 9e+06}, {@code -23.0258503}, {@code NaN}. */
  public static String of(float value) {
    double magnitude = Math.abs((double) value);
    if (magnitude >= SMALLEST_PLAIN && magnitude < LARGEST_PLAIN) {
      return plain(value, magnitude);
    }
    return ofAny(value);
  }

  /** As {@link #of}, of any float, by exact decimals: a tenth as fast. */
  static String ofAny(float value) {
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

  /** A float that is written without an exponent; digits are counted by exact products. */
  private static String plain(float value, double magnitude) {
    int places = SHORT.getPrecision() - 1; // behind the point
    for (int power = 1; magnitude >= POWERS[power]; power++) {
      places--;
    }
    for (double first = 1; magnitude < first; first /= 10) {
      places++;
    }
    double digits = Math.rint(magnitude * POWERS[places]);
    if (digits == POWERS[SHORT.getPrecision()]) {
      return ofAny(value); // rounded up to one digit more
    }
    if ((float) (digits / POWERS[places]) != Math.abs(value)) {
      places += LONG.getPrecision() - SHORT.getPrecision();
      digits = Math.rint(magnitude * POWERS[places]);
      if (digits == POWERS[LONG.getPrecision()]) {
        return ofAny(value);
      }
    }
    long left = (long) digits;
    while (places > 1 && left % 10 == 0) {
      left /= 10;
      places--;
    }
    if (places == 0) {
      left *= 10;
      places = 1;
    }
    return text(value < 0, left, places);
  }

  private static String text(boolean negative, long digits, int places) {
    char[] text = new char[24];
    int at = text.length;
    long left = digits;
    for (int place = 0; place <= places || left > 0; place++) {
      if (place == places) {
        text[--at] = '.';
      }
      text[--at] = (char) ('0' + left % 10);
      left /= 10;
    }
    if (negative) {
      text[--at] = '-';
    }
    return new String(text, at, text.length - at);
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
