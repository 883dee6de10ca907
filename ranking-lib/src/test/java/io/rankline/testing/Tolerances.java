package io.rankline.testing;

/** How far a number may lie from the expected one, by the reason for the difference. */
public final class Tolerances {

  /** Sums of some thousand doubles in another order. */
  public static final double DOUBLE_SUM = 1e-9;

  /** A float32 value against the double it was rounded from, relative. */
  public static final double FLOAT32_ROUNDING = 1e-6;

  private Tolerances() {}
}
