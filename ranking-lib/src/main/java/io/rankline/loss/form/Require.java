package io.rankline.loss.form;

/** What the parameters of losses are checked for. */
public final class Require {

  private Require() {}

  public static void positive(String name, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s must be positive and finite, got %s".formatted(name, value));
    }
  }

  public static void notNegative(String name, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s must be 0 or more and finite, got %s".formatted(name, value));
    }
  }

  public static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be 1 or more, got %d".formatted(name, value));
    }
  }
}
