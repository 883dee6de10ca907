package io.rankline.spark.cli.train;

import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How fast a training goes, and how long it still takes at that pace.
 *
 * <p>The pace is that of the current epoch from the end of its first step on, since that step also
 * waits for the first batch and for code that runs for the first time.
 */
final class TrainingPace {

  private @Nullable StepResult first;
  private @Nullable StepResult last;
  private long nanos;
  private long firstNanos;
  private long seen;
  private long lists;
  private double lossSum;
  private Duration validating = Duration.ZERO;

  /** A step has ended at that time of {@link System#nanoTime}; some may go by unseen. */
  void add(StepResult step, long atNanos) {
    if (first == null || first.epoch() != step.epoch()) {
      first = step;
      firstNanos = atNanos;
      seen = 0;
      lists = 0;
      lossSum = 0;
    }
    last = step;
    nanos = atNanos - firstNanos;
    seen++;
    lists += step.lists();
    lossSum += step.loss();
  }

  /** An epoch has ended, which says how long a validation takes. */
  void add(EpochResult epoch) {
    validating = epoch.validating();
  }

  /** Mean loss of the steps of the epoch that were seen; NaN before the first one. */
  double loss() {
    return seen == 0 ? Double.NaN : lossSum / seen;
  }

  /** Lists in a second; empty before the second step of an epoch. */
  OptionalDouble listsPerSecond() {
    OptionalDouble perStep = nanosPerStep();
    return perStep.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) lists / seen * 1e9 / perStep.getAsDouble());
  }

  /** Time until the last epoch has been validated; empty before the second step of an epoch. */
  Optional<Duration> remaining(TrainingRun run) {
    OptionalDouble perStep = nanosPerStep();
    if (last == null || perStep.isEmpty()) {
      return Optional.empty();
    }
    long epochsAfter = (long) run.epochs() - last.epoch();
    long stepsAfter = run.stepsPerEpoch() - last.stepOfEpoch() + epochsAfter * run.stepsPerEpoch();
    return Optional.of(
        Duration.ofNanos((long) (perStep.getAsDouble() * Math.max(0, stepsAfter)))
            .plus(validating.multipliedBy(epochsAfter + 1)));
  }

  private OptionalDouble nanosPerStep() {
    if (first == null || last == null || nanos == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((double) nanos / (last.step() - first.step()));
  }
}
