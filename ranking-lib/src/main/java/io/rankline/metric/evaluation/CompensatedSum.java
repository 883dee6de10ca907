package io.rankline.metric.evaluation;

import java.io.Serializable;

/**
 * A sum of doubles that keeps what rounding loses, about 106 bits in all, so that sums taken in
 * another order or over other partitions agree to the last bit or the one before it.
 *
 * @param high the sum, rounded to a double
 * @param low what rounding lost
 */
public record CompensatedSum(double high, double low) implements Serializable {

  /** Nothing added up yet. */
  public static final CompensatedSum ZERO = new CompensatedSum(0, 0);

  /** This sum and one more term. */
  public CompensatedSum plus(double term) {
    double sum = high + term;
    return normalized(sum, low + lost(high, term, sum));
  }

  /** The sum of both. */
  public CompensatedSum plus(CompensatedSum other) {
    double sum = high + other.high;
    return normalized(sum, low + other.low + lost(high, other.high, sum));
  }

  /** The sum as a double. */
  public double value() {
    return high + low;
  }

  /** What {@code a + b = sum} rounded away, exactly (Knuth's two-sum). */
  static double lost(double a, double b, double sum) {
    double bPart = sum - a;
    return (a - (sum - bPart)) + (b - bPart);
  }

  private static CompensatedSum normalized(double high, double low) {
    double sum = high + low;
    return new CompensatedSum(sum, low - (sum - high));
  }
}
