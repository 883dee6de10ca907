package io.rankline.model.optimizer;

import java.util.Map;

/**
 * {@code initial / (1 + decayRate * step / decaySteps)}.
 *
 * @param staircase whether {@code step / decaySteps} is rounded down
 */
public record InverseTimeDecay(
    double initialLearningRate, double decaySteps, double decayRate, boolean staircase)
    implements LearningRate {

  public InverseTimeDecay {
    LearningRate.requireNotNegative("initial_learning_rate", initialLearningRate);
    LearningRate.requirePositive("decay_steps", decaySteps);
    LearningRate.requireNotNegative("decay_rate", decayRate);
  }

  @Override
  public double at(long step) {
    double periods = step / decaySteps;
    return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(periods) : periods));
  }

  @Override
  public String wireName() {
    return "inverse_time_decay";
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
