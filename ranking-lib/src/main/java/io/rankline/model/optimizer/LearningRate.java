package io.rankline.model.optimizer;

import com.typesafe.config.ConfigValue;
import io.rankline.text.Family;
import io.rankline.text.Faults;
import io.rankline.text.Section;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

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
  default String wireName() {
    return LearningRateText.nameOf(this);
  }

  /**
   * The rate at a key of a configuration: a number, or a schedule by Keras's name with its options.
   * Null where there is none, and after a fault, which the section notes.
   */
  static @Nullable LearningRate read(Section section, String key) {
    ConfigValue value = section.value(key);
    return value == null ? null : LearningRateText.read(section, key, value);
  }

  /** The schedules by their names in text. */
  static Family<LearningRate> schedules() {
    return LearningRateText.SCHEDULES;
  }

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
