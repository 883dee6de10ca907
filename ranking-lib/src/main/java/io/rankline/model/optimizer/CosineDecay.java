package io.rankline.model.optimizer;

import java.util.HashMap;
import java.util.Map;
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
 * @param decaySteps steps of the cosine, not counting the warm-up
 * @param alpha the end rate as a part of the rate that the cosine starts from
 * @param warmupTarget the rate at the end of the warm-up; null for no warm-up
 * @param warmupSteps steps of the warm-up
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR, ICLR 2017</a>
 */
public record CosineDecay(
    double initialLearningRate,
    double decaySteps,
    double alpha,
    @Nullable Double warmupTarget,
    double warmupSteps)
    implements LearningRate {

  public CosineDecay {
    LearningRate.requireNotNegative("initial_learning_rate", initialLearningRate);
    LearningRate.requirePositive("decay_steps", decaySteps);
    LearningRate.requireNotNegative("alpha", alpha);
    LearningRate.requireNotNegative("warmup_steps", warmupSteps);
    if (warmupTarget != null) {
      LearningRate.requireNotNegative("warmup_target", warmupTarget);
    }
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

  @Override
  public String wireName() {
    return "cosine_decay";
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> options = new HashMap<>();
    options.put("initial_learning_rate", initialLearningRate);
    options.put("decay_steps", decaySteps);
    options.put("alpha", alpha);
    options.put("warmup_steps", warmupSteps);
    if (warmupTarget != null) {
      options.put("warmup_target", warmupTarget);
    }
    return options;
  }
}
