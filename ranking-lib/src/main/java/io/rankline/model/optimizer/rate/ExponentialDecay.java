package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/** {@code initial * decayRate^(step / decaySteps)}. */
public record ExponentialDecay(
    @Option(least = 0, meaning = "the rate of the first step") double initialLearningRate,
    @Option(above = 0, meaning = "steps in which the rate falls by decay_rate") double decaySteps,
    @Option(above = 0, meaning = "the factor") double decayRate,
    @Option(fallback = "false", meaning = "whether the exponent is rounded down") boolean staircase)
    implements LearningRate {

  public ExponentialDecay {
    Faults.in(ExponentialDecay.class, initialLearningRate, decaySteps, decayRate, staircase)
        .orThrow();
  }

  @Override
  public double at(long step) {
    double periods = step / decaySteps;
    return initialLearningRate * Math.pow(decayRate, staircase ? Math.floor(periods) : periods);
  }
}
