package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * From the initial to the end rate along a polynomial.
 *
 * <pre>
 *   s = min(step, decaySteps)
 *   (initial - end) * (1 - s / decaySteps)^power + end
 * </pre>
 */
public record PolynomialDecay(
    @Option(least = 0, meaning = "the rate of the first step") double initialLearningRate,
    @Option(above = 0, meaning = "steps down to the end rate") double decaySteps,
    @Option(fallback = "1e-4", least = 0, meaning = "the rate from decay_steps on")
        double endLearningRate,
    @Option(fallback = "1", above = 0, meaning = "1 for a straight line") double power,
    @Option(
            fallback = "false",
            meaning =
                "whether the rate rises again after decay_steps, which is taken as the least of its"
                    + " multiples that is not below the step")
        boolean cycle)
    implements LearningRate {

  public PolynomialDecay {
    Faults.in(PolynomialDecay.class, initialLearningRate, decaySteps, endLearningRate, power, cycle)
        .orThrow();
  }

  @Override
  public double at(long step) {
    double period = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    double rest = 1 - Math.min((double) step, period) / period;
    return (initialLearningRate - endLearningRate) * Math.pow(rest, power) + endLearningRate;
  }
}
