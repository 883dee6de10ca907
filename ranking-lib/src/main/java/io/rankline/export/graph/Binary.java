package io.rankline.export.graph;

/** Operations on two numbers; a tensor of one row or one column is repeated as the other needs. */
public enum Binary {
  /** {@code x + y}. */
  PLUS,
  /** {@code x - y}. */
  MINUS,
  /** {@code x * y}. */
  TIMES,
  /** {@code x / y}. */
  OVER,
  /** The smaller one. */
  SMALLER,
  /** The larger one. */
  LARGER,
  /** 1 where {@code x >= y}, 0 elsewhere, and where x is NaN. */
  AT_LEAST,
  /** 1 where {@code x = y}, 0 elsewhere. */
  EQUAL,
  /** {@code y} where x is NaN, x elsewhere. */
  OR_IF_MISSING
}
