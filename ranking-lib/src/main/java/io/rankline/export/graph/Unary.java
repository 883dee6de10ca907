package io.rankline.export.graph;

/** Operations on each number of a tensor. */
public enum Unary {
  /** {@code max(x, 0)}. */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code ln(1 + exp(x))}. */
  SOFTPLUS,
  /** {@code e^x}. */
  EXP,
  /** {@code |x|}. */
  ABS,
  /** The square root. */
  SQRT,
  /** {@code sign(x) * ln(1 + |x|)}, to float32's precision also for small x. */
  SYMMETRIC_LOG1P,
  /** 1 where x is NaN, 0 elsewhere. */
  IS_MISSING
}
