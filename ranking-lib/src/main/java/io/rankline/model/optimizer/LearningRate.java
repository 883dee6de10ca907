package io.rankline.model.optimizer;

import java.io.Serializable;
import java.util.Map;

/** The learning rate of every step: constant, or one of Keras's schedules. */
public sealed interface LearningRate extends Serializable
    permits ConstantRate,
        CosineDecay,
        CosineDecayRestarts,
        ExponentialDecay,
        InverseTimeDecay,
        PiecewiseConstantDecay,
        PolynomialDecay,
        WarmUp {

  /**
   * The learning rate of a step.
   *
   * @param step number of updates made before it, from 0
   */
  double at(long step);

  /** The name in configuration: {@code exponential_decay}. */
  String wireName();

  /** Options by their names in configuration. */
  Map<String, Object> options();

  /** Always the same. */
  static LearningRate constant(double value) {
    return new ConstantRate(value);
  }

  /** Rejects what is not above 0 and finite. */
  static void requirePositive(String name, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s must be above 0 and finite, got %s".formatted(name, value));
    }
  }

  /** Rejects what is below 0 or not finite. */
  static void requireNotNegative(String name, double value) {
    UpdateRule.requireNotNegative(name, value);
  }
}
