package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import java.io.Serializable;

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

  /** Always the same. */
  static LearningRate constant(double value) {
    return new ConstantRate(value);
  }

  /** Rejects what is below 0 or not finite. */
  static void requireNotNegative(String name, double value) {
    Faults.NONE
        .addUnless(
            value >= 0 && value <= Double.MAX_VALUE,
            name,
            "must be 0 or more and finite, got %s",
            value)
        .orThrow();
  }
}
