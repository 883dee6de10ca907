package io.rankline.model.optimizer;

import java.util.Map;

/**
 * From the initial to the end rate along a polynomial.
 *
 * <pre>
 *   s = min(step, decaySteps)
 *   (initial - end) * (1 - s / decaySteps)^power + end
 * </pre>
 *
 * @param endLearningRate the rate from {@code decaySteps} on
 * @param power 1 for a straight line
 * @param cycle whether, instead of staying at the end rate, decaySteps is taken as the least of its
 *     multiples that is not below the step, so that the rate rises again after each of them
 */
public record PolynomialDecay(
    double initialLearningRate,
    double decaySteps,
    double endLearningRate,
    double power,
    boolean cycle)
    implements LearningRate {

  /** Keras's default. */
  public static final double DEFAULT_END_LEARNING_RATE = 1e-4;

  public PolynomialDecay {
    LearningRate.requireNotNegative("initial_learning_rate", initialLearningRate);
    LearningRate.requirePositive("decay_steps", decaySteps);
    LearningRate.requireNotNegative("end_learning_rate", endLearningRate);
    LearningRate.requirePositive("power", power);
  }

  @Override
  public double at(long step) {
    double period = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    double rest = 1 - Math.min((double) step, period) / period;
    return (initialLearningRate - endLearningRate) * Math.pow(rest, power) + endLearningRate;
  }

  @Override
  public String wireName() {
    return "polynomial_decay";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of(
        "initial_learning_rate", initialLearningRate,
        "decay_steps", decaySteps,
        "end_learning_rate", endLearningRate,
        "power", power,
        "cycle", cycle);
  }
}
