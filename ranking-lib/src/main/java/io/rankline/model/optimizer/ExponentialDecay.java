package io.rankline.model.optimizer;

import java.util.Map;

/**
 * {@code initial * decayRate^(step / decaySteps)}.
 *
 * @param decaySteps steps in which the rate falls by the factor {@code decayRate}
 * @param staircase whether the exponent is rounded down
 */
public record ExponentialDecay(
    double initialLearningRate, double decaySteps, double decayRate, boolean staircase)
    implements LearningRate {

  public ExponentialDecay {
    LearningRate.requireNotNegative("initial_learning_rate", initialLearningRate);
    LearningRate.requirePositive("decay_steps", decaySteps);
    LearningRate.requirePositive("decay_rate", decayRate);
  }

  @Override
  public double at(long step) {
    double periods = step / decaySteps;
    return initialLearningRate * Math.pow(decayRate, staircase ? Math.floor(periods) : periods);
  }

  @Override
  public String wireName() {
    return "exponential_decay";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of(
        "initial_learning_rate", initialLearningRate,
        "decay_steps", decaySteps,
        "decay_rate", decayRate,
        "staircase", staircase);
  }
}
