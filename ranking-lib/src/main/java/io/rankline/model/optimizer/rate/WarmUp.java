package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Any other rate, approached in a straight line: {@code then.at(step) * (step + 1) / steps} in the
 * first {@code steps} steps.
 *
 * @param steps 1 or more
 * @param then what goes on afterwards; its step counts from the start of the warm-up
 */
public record WarmUp(
    @Option(key = WarmUp.KEY, least = 1, meaning = "steps of a linear warm-up before any schedule")
        long steps,
    @Option(inText = false) LearningRate then)
    implements LearningRate {

  static final String KEY = "warm_up_steps";

  public WarmUp {
    Faults.in(WarmUp.class, steps, then).orThrow();
  }

  @Override
  public double at(long step) {
    double rate = then.at(step);
    return step < steps ? rate * (step + 1) / steps : rate;
  }
}
