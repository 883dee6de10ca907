package io.rankline.metric;

import io.rankline.data.Gain;
import java.util.Arrays;

/** The gains of labels; those of small whole labels are computed once. */
final class GainTable {

  /** Whole labels below this stand in the table. */
  private static final int TABLED_LABELS = 64;

  private final Gain gain;
  private final double[] table = new double[TABLED_LABELS];

  GainTable(Gain gain) {
    this.gain = gain;
    Arrays.fill(table, Double.NaN);
  }

  /**
   * The gain of a label.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  double of(double label) {
    int whole = (int) label;
    boolean tabled = whole == label && whole >= 0 && whole < TABLED_LABELS;
    if (tabled && !Double.isNaN(table[whole])) {
      return table[whole];
    }
    double value = gain.of(label);
    if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "gain must be finite, got %s of label %s; labels this large want another gain, such as gain=identity"
              .formatted(value, label));
    }
    if (tabled) {
      table[whole] = value;
    }
    return value;
  }
}
