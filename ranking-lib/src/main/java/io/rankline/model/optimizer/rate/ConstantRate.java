package io.rankline.model.optimizer.rate;

import io.rankline.text.Option;

/** Always the same learning rate. */
public record ConstantRate(@Option(least = 0, meaning = "the rate") double value)
    implements LearningRate {

  public ConstantRate {
    LearningRate.requireNotNegative("learning_rate", value);
  }

  @Override
  public double at(long step) {
    return value;
  }
}
