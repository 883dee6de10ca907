package io.rankline.loss.click;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Probability that an item is examined, by the position at which it is shown. Only ratios matter to
 * a loss up to scale; 1 at the first position is usual.
 *
 * @param examination probability at positions 1, 2, …, each in (0, 1]; further positions have the
 *     last one
 */
public record PositionBias(double... examination) implements Serializable {

  /** No click counts more than a hundred times. */
  public static final double DEFAULT_MIN_PROPENSITY = 0.01;

  public PositionBias {
    if (examination.length == 0) {
      throw new IllegalArgumentException("position bias must have 1 or more positions, got none");
    }
    for (int k = 0; k < examination.length; k++) {
      if (!(examination[k] > 0 && examination[k] <= 1)) {
        throw new IllegalArgumentException(
            "position bias must lie in (0, 1], got %s at position %s"
                .formatted(examination[k], k + 1));
      }
    }
    examination = examination.clone();
  }

  /** {@code 1 / position^eta} for positions up to {@code positions}: a common assumption. */
  public static PositionBias ofPower(double eta, int positions) {
    double[] table = new double[positions];
    for (int k = 0; k < positions; k++) {
      table[k] = Math.pow(k + 1, -eta);
    }
    return new PositionBias(table);
  }

  /**
   * Click rates relative to the highest, from results that were shown in random order.
   *
   * @param shown how often an item was shown at each position
   * @param clicked how often it was clicked, at least once
   */
  public static PositionBias ofRandomizedClicks(long[] shown, long[] clicked) {
    if (shown.length != clicked.length) {
      throw new IllegalArgumentException(
          "clicked must have the length of shown, %s, got %s"
              .formatted(shown.length, clicked.length));
    }
    double[] rates = new double[shown.length];
    for (int k = 0; k < shown.length; k++) {
      if (clicked[k] < 1 || clicked[k] > shown[k]) {
        throw new IllegalArgumentException(
            "position %s needs 1 to %s clicks, got %s; leave out positions without clicks"
                .formatted(k + 1, shown[k], clicked[k]));
      }
      rates[k] = (double) clicked[k] / shown[k];
    }
    return new PositionBias(relativeToHighest(rates));
  }

  /**
   * What a click at a position counts.
   *
   * @param position from 1
   * @param minPropensity the smallest probability that is believed
   */
  public double inversePropensity(int position, double minPropensity) {
    return 1 / Math.max(minPropensity, examination[Math.min(position, examination.length) - 1]);
  }

  @Override
  public double[] examination() {
    return examination.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositionBias that && Arrays.equals(examination, that.examination);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(examination);
  }

  @Override
  public String toString() {
    return "PositionBias" + Arrays.toString(examination);
  }

  static double[] relativeToHighest(double[] rates) {
    double highest = Arrays.stream(rates).max().orElse(1);
    return Arrays.stream(rates).map(rate -> rate / highest).toArray();
  }
}
