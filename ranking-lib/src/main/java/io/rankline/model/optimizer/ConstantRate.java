package io.rankline.model.optimizer;

import java.util.Map;

/**
 * Always the same learning rate.
 *
 * @param value 0 or more
 */
public record ConstantRate(double value) implements LearningRate {

  public ConstantRate {
    LearningRate.requireNotNegative("learning_rate", value);
  }

  @Override
  public double at(long step) {
    return value;
  }

  @Override
  public String wireName() {
    return "constant";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("value", value);
  }
}
