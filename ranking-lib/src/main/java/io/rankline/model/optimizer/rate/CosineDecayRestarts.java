package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Down half a cosine again and again, period i being {@code firstDecaySteps * tMul^i} steps long
 * and starting from {@code initial * mMul^i}.
 *
 * <pre>
 *   initial * ((1 - alpha) * mMul^i * (1 + cos(pi * part of the period that is over)) / 2 + alpha)
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR, ICLR 2017</a>
 */
public record CosineDecayRestarts(
    @Option(least = 0, meaning = "the rate of the first step") double initialLearningRate,
    @Option(above = 0, meaning = "steps of the first period") double firstDecaySteps,
    @Option(fallback = "2", least = 1, meaning = "how much longer each period is") double tMul,
    @Option(fallback = "1", above = 0, meaning = "how much higher each starts") double mMul,
    @Option(fallback = "0", least = 0, meaning = "the lowest rate as a part of the initial one")
        double alpha)
    implements LearningRate {

  public CosineDecayRestarts {
    Faults.in(CosineDecayRestarts.class, initialLearningRate, firstDecaySteps, tMul, mMul, alpha)
        .orThrow();
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
}
