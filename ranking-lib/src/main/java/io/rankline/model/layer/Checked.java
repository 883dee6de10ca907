package io.rankline.model.layer;

/** Values of configurations that are in range; others are refused by name. */
final class Checked {

  private Checked() {}

  static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be 1 or more, got %s".formatted(name, value));
    }
    return value;
  }

  /** A probability to drop. */
  static double rate(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("%s must be in [0, 1), got %s".formatted(name, value));
    }
    return value;
  }

  static double aboveZero(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s must be above 0 and finite, got %s".formatted(name, value));
    }
    return value;
  }
}
