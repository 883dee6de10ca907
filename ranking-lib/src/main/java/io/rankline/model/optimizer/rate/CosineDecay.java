package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Down half a cosine, after a linear warm-up if asked for.
 *
 * <pre>
 *   step &lt; warmupSteps:  initial + (target - initial) * step / warmupSteps
 *   then, with s = min(step - warmupSteps, decaySteps) and from = target, or initial without one:
 *                        from * ((1 - alpha) * (1 + cos(pi * s / decaySteps)) / 2 + alpha)
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR, ICLR 2017</a>
 */
public record CosineDecay(
    @Option(least = 0, meaning = "the rate of the first step") double initialLearningRate,
    @Option(above = 0, meaning = "steps of the cosine, not counting the warm-up") double decaySteps,
    @Option(
            fallback = "0",
            least = 0,
            meaning = "the end rate as a part of the rate that the cosine starts from")
        double alpha,
    @Option(least = 0, meaning = "the rate at the end of the warm-up; none for no warm-up")
        @Nullable Double warmupTarget,
    @Option(fallback = "0", least = 0, meaning = "steps of the warm-up") double warmupSteps)
    implements LearningRate {

  public CosineDecay {
    Faults.in(CosineDecay.class, initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps)
        .orThrow();
  }

  /** Without warm-up, down to 0. */
  public CosineDecay(double initialLearningRate, double decaySteps) {
    this(initialLearningRate, decaySteps, 0, null, 0);
  }

  @Override
  public double at(long step) {
    if (warmupTarget != null && step < warmupSteps) {
      return initialLearningRate + (warmupTarget - initialLearningRate) * (step / warmupSteps);
    }
    double from = warmupTarget == null ? initialLearningRate : warmupTarget;
    double since = warmupTarget == null ? step : step - warmupSteps;
    double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(since, decaySteps) / decaySteps));
    return from * ((1 - alpha) * cosine + alpha);
  }
}
