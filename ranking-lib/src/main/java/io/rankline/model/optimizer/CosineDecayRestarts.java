package io.rankline.model.optimizer;

import java.util.Map;

/**
 * Down half a cosine again and again, period i being {@code firstDecaySteps * tMul^i} steps long
 * and starting from {@code initial * mMul^i}.
 *
 * <pre>
 *   initial * ((1 - alpha) * mMul^i * (1 + cos(pi * part of the period that is over)) / 2 + alpha)
 * </pre>
 *
 * @param tMul how much longer each period is, 1 or more
 * @param mMul how much higher each starts
 * @param alpha the lowest rate as a part of the initial one
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR, ICLR 2017</a>
 */
public record CosineDecayRestarts(
    double initialLearningRate, double firstDecaySteps, double tMul, double mMul, double alpha)
    implements LearningRate {

  public CosineDecayRestarts {
    LearningRate.requireNotNegative("initial_learning_rate", initialLearningRate);
    LearningRate.requirePositive("first_decay_steps", firstDecaySteps);
    if (!(tMul >= 1 && tMul <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("t_mul must be 1 or more and finite, got " + tMul);
    }
    LearningRate.requirePositive("m_mul", mMul);
    LearningRate.requireNotNegative("alpha", alpha);
  }

  /** Each period twice as long as the last, starting equally high, down to 0. */
  public CosineDecayRestarts(double initialLearningRate, double firstDecaySteps) {
    this(initialLearningRate, firstDecaySteps, 2, 1, 0);
  }

  @Override
  public double at(long step) {
    double length = firstDecaySteps;
    double since = step;
    double height = 1;
    if (tMul == 1) {
      double restarts = Math.floor(since / length);
      since -= restarts * length;
      height = Math.pow(mMul, restarts);
    } else {
      while (since >= length) {
        since -= length;
        length *= tMul;
        height *= mMul;
      }
    }
    double cosine = 0.5 * height * (1 + Math.cos(Math.PI * since / length));
    return initialLearningRate * ((1 - alpha) * cosine + alpha);
  }

  @Override
  public String wireName() {
    return "cosine_decay_restarts";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of(
        "initial_learning_rate", initialLearningRate,
        "first_decay_steps", firstDecaySteps,
        "t_mul", tMul,
        "m_mul", mMul,
        "alpha", alpha);
  }
}
