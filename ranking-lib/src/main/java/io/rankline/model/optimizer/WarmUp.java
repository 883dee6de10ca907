package io.rankline.model.optimizer;

import java.util.HashMap;
import java.util.Map;

/**
 * Any other rate, approached in a straight line: {@code then.at(step) * (step + 1) / steps} in the
 * first {@code steps} steps.
 *
 * @param steps 1 or more
 * @param then what goes on afterwards; its step counts from the start of the warm-up
 */
public record WarmUp(long steps, LearningRate then) implements LearningRate {

  public WarmUp {
    if (steps < 1) {
      throw new IllegalArgumentException("warm_up_steps must be 1 or more, got " + steps);
    }
  }

  @Override
  public double at(long step) {
    double rate = then.at(step);
    return step < steps ? rate * (step + 1) / steps : rate;
  }

  @Override
  public String wireName() {
    return then.wireName();
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> options = new HashMap<>(then.options());
    options.put("warm_up_steps", steps);
    return options;
  }
}
