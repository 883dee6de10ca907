package io.rankline.loss.form;

import java.io.Serializable;

/**
 * A loss of one ranked list. The record that implements it is its parameters; {@code LossKey} lists
 * them, {@code LossObjective} applies them to batches. A loss of your own is a {@link CustomLoss}.
 *
 * <p>Most losses implement one of three forms, which leave them the formula alone: {@code
 * PointwiseLoss} for single items, {@code PairwiseLoss} for pairs, {@code ListwiseLoss} for lists.
 * A {@link DecoratedLoss} changes what another loss sees.
 */
public interface RankingLoss extends Serializable {

  /** The rule of temperatures, in words. */
  String POSITIVE = "must be positive and finite";

  /** The name in configuration, logs and results: by default that of {@link LossName}. */
  default String wireName() {
    LossName name = getClass().getAnnotation(LossName.class);
    if (name == null) {
      throw new IllegalStateException(getClass() + " has no @LossName");
    }
    return name.value();
  }

  /** What the loss adds up. */
  LossFamily family();

  /** M, the number of scores that an item needs. */
  default int outputs() {
    return 1;
  }

  /** Divides the scores where {@link #temperatureUse} says so. */
  default double temperature() {
    return 1;
  }

  /** Where the temperature divides the scores before the loss sees them. */
  default TemperatureUse temperatureUse() {
    return TemperatureUse.TRAINING;
  }

  /** This loss with that seed for its draws, where it draws and has no seed of its own. */
  default RankingLoss seeded(long seed) {
    return this;
  }

  /** Adds loss, weight and gradient of a list to what the list collects. */
  void evaluate(LossList list);
}
