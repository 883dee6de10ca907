package io.rankline.spark.cli;

import io.rankline.pipeline.EpochResult;
import io.rankline.pipeline.StepResult;
import io.rankline.pipeline.TrainingRun;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast a training goes, and how long it still takes at that pace.
 *
 * <p>The pace is that of the current epoch from the end of its first step on, since that step also
 * waits for the first batch and for code that runs for the first time.
 */
final class TrainingPace {

  private long firstNanos;
  private long lastNanos;
  private long steps;
  private long lists;
  private double lossSum;
  private Duration validating = Duration.ZERO;
  private @Nullable StepResult last;

  /** A step has ended at that time of {@link System#nanoTime}. */
  void add(StepResult step, long nanos) {
    if (last == null || last.epoch() != step.epoch()) {
      firstNanos = nanos;
      steps = 0;
      lists = 0;
      lossSum = 0;
    } else {
      lists += step.lists();
    }
    lastNanos = nanos;
    steps++;
    lossSum += step.loss();
    last = step;
  }

  /** An epoch has ended, which says how long a validation takes. */
  void add(EpochResult epoch) {
    validating = epoch.validating();
  }

  /** Mean loss of the steps of the epoch so far; NaN before the first one. */
  double loss() {
    return steps == 0 ? Double.NaN : lossSum / steps;
  }

  /** Lists in a second; empty before the second step of an epoch. */
  Optional<Double> listsPerSecond() {
    return lastNanos == firstNanos
        ? Optional.empty()
        : Optional.of(lists * 1e9 / (lastNanos - firstNanos));
  }

  /** Time until the last epoch has been validated; empty before the second step of an epoch. */
  Optional<Duration> remaining(TrainingRun run) {
    if (last == null || steps < 2) {
      return Optional.empty();
    }
    double perStep = (double) (lastNanos - firstNanos) / (steps - 1);
    long epochsAfter = run.epochs() - last.epoch();
    long stepsAfter = run.stepsPerEpoch() - last.stepOfEpoch() + epochsAfter * run.stepsPerEpoch();
    return Optional.of(
        Duration.ofNanos((long) (perStep * Math.max(0, stepsAfter)))
            .plus(validating.multipliedBy(epochsAfter + 1)));
  }
}
