package io.rankline.config.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that random trials draw from, both ends included.
 *
 * @param low the least
 * @param high the largest
 * @param logarithmic whether powers of ten are equally likely, rather than numbers
 * @param whole whether numbers are whole
 */
record ParameterRange(double low, double high, boolean logarithmic, boolean whole) {

  private static final String NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?";
  private static final Pattern FORM =
      Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")(:log)?");

  /** More digits say nothing and make names of runs long. */
  private static final MathContext DIGITS = new MathContext(4);

  public ParameterRange {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "a range must ascend, as 1e-5..1e-2, got %s..%s".formatted(low, high));
    }
    if (logarithmic && !(low > 0)) {
      throw new IllegalArgumentException(
          "a range with :log must begin above 0, got %s..%s".formatted(low, high));
    }
  }

  /**
   * The range of a text such as {@code 1e-5..1e-2:log}, {@code 0..0.5} or {@code 16..256:log};
   * numbers are whole where both ends are written as whole numbers. Null for other texts.
   */
  static @Nullable ParameterRange parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    String low = form.group(1);
    String high = form.group(2);
    return new ParameterRange(
        Double.parseDouble(low),
        Double.parseDouble(high),
        form.group(3) != null,
        low.matches("[-+]?\\d+") && high.matches("[-+]?\\d+"));
  }

  /** A number of the range, of four digits unless it is whole. */
  String draw(SplittableRandom random) {
    return at(random.nextDouble());
  }

  /**
   * The number at a place of the range, of four digits unless it is whole.
   *
   * @param share from 0, at the low end, to 1
   */
  String at(double share) {
    if (whole) {
      // Each whole number has a piece of its own, so that both ends are as likely as the others.
      double end = high + 1;
      double drawn = logarithmic ? low * Math.pow(end / low, share) : low + share * (end - low);
      return Long.toString((long) Math.min(high, Math.floor(drawn)));
    }
    double drawn = logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
    return new BigDecimal(drawn).round(DIGITS).stripTrailingZeros().toString();
  }

  /** The place of a number that {@link #at} gave; of a whole one the middle of its piece. */
  double place(String number) {
    double value = Double.parseDouble(number) + (whole ? 0.5 : 0);
    double end = whole ? high + 1 : high;
    double share =
        logarithmic ? Math.log(value / low) / Math.log(end / low) : (value - low) / (end - low);
    return Math.max(0, Math.min(1, share));
  }
}
