package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/** {@code initial / (1 + decayRate * step / decaySteps)}. */
public record InverseTimeDecay(
    @Option(least = 0, meaning = "the rate of the first step") double initialLearningRate,
    @Option(above = 0, meaning = "steps in which decay_rate is added to the divisor")
        double decaySteps,
    @Option(least = 0, meaning = "what is added to the divisor") double decayRate,
    @Option(fallback = "false", meaning = "whether step / decay_steps is rounded down")
        boolean staircase)
    implements LearningRate {

  public InverseTimeDecay {
    Faults.in(InverseTimeDecay.class, initialLearningRate, decaySteps, decayRate, staircase)
        .orThrow();
  }

  @Override
  public double at(long step) {
    double periods = step / decaySteps;
    return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(periods) : periods));
  }
}
