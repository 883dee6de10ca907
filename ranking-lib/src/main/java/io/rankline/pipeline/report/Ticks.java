package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places on an axis that carry a number: multiples of 1, 2 or 5 times a power of ten. */
record Ticks(List<Double> places, double step) {

  /**
   * Ticks of a linear axis within [low, high].
   *
   * @param most number of them, 2 or more
   */
  static Ticks linear(double low, double high, int most) {
    double step = step((high - low) / most);
    return multiples(low, high, step);
  }

  /** A tick at one place alone. */
  static Ticks at(double place) {
    return new Ticks(List.of(place), 0);
  }

  /** As {@link #linear}, of whole numbers. */
  static Ticks whole(double low, double high, int most) {
    return multiples(low, high, Math.max(1, step((high - low) / most)));
  }

  /** Powers of ten within [low, high], and 2 and 5 times those where there are few. */
  static Ticks logarithmic(double low, double high) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    int[] factors = last - first <= 2 ? new int[] {1, 2, 5} : new int[] {1};
    int each = Math.max(1, (last - first + 5) / 6);
    List<Double> places = new ArrayList<>();
    for (int power = first; power <= last; power += each) {
      for (int factor : factors) {
        double place = decimal(factor, power);
        if (place >= low && place <= high) {
          places.add(place);
        }
      }
    }
    return new Ticks(places, 0);
  }

  /** The smallest step of 1, 2 or 5 times a power of ten that is at least so large. */
  private static double step(double atLeast) {
    int power = (int) Math.floor(Math.log10(atLeast));
    for (int factor : new int[] {1, 2, 5}) {
      double step = decimal(factor, power);
      if (step >= atLeast) {
        return step;
      }
    }
    return decimal(1, power + 1);
  }

  private static double decimal(int factor, int power) {
    return BigDecimal.valueOf(factor).scaleByPowerOfTen(power).doubleValue();
  }

  private static Ticks multiples(double low, double high, double step) {
    List<Double> places = new ArrayList<>();
    // A hair of room, so that rounding does not cost the outermost ticks.
    long first = (long) Math.ceil(low / step - 1e-9);
    long last = (long) Math.floor(high / step + 1e-9);
    for (long i = first; i <= last; i++) {
      // As a decimal, so that 3 * 0.1 is 0.3.
      places.add(BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(i)).doubleValue());
    }
    return new Ticks(places, step);
  }

  /** The text of a tick, with as many digits as distinguish neighbours. */
  String label(double place) {
    if (place == 0) {
      return "0";
    }
    if (step == 0) {
      return EpochLine.number(place);
    }
    double size = Math.max(Math.abs(place), step);
    if (size >= 1e6 || (size < 1e-2 && step < 1e-3)) {
      int digits = (int) (Math.floor(Math.log10(size)) - Math.floor(Math.log10(step) + 1e-9));
      return BigDecimal.valueOf(place)
          .round(new MathContext(Math.max(0, digits) + 1))
          .stripTrailingZeros()
          .toEngineeringString()
          .replace("E+", "e")
          .replace('E', 'e');
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%,." + decimals + "f", place);
  }
}
