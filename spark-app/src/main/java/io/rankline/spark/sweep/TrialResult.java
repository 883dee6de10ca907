package io.rankline.spark.sweep;

import io.rankline.config.sweep.Trial;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.Monitor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a trial went.
 *
 * @param trial what was tried
 * @param modelDir its folder
 * @param epochs its history, also of a trial that failed
 * @param failure what went wrong; empty if nothing did
 * @param known whether it was found done
 */
public record TrialResult(
    Trial trial, String modelDir, List<EpochResult> epochs, String failure, boolean known) {

  public TrialResult {
    epochs = List.copyOf(epochs);
  }

  /** Whether it ended with a model. */
  public boolean isDone() {
    return failure.isEmpty();
  }

  /** The best epoch by that value, where one has a number for it. */
  public Optional<EpochResult> best(Monitor monitor) {
    return monitor.bestOf(epochs);
  }

  /** The value of the best epoch. */
  public OptionalDouble value(Monitor monitor) {
    return best(monitor).map(epoch -> epoch.value(monitor.name())).orElse(OptionalDouble.empty());
  }

  /** Time of all epochs, those of earlier runs of the same trial included. */
  public Duration time() {
    return epochs.stream()
        .map(epoch -> epoch.training().plus(epoch.validating()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The best first; trials without a value, and failed ones, last. */
  public static Comparator<TrialResult> bestFirst(Monitor monitor) {
    return Comparator.comparing((TrialResult result) -> !result.isDone())
        .thenComparing(result -> result.value(monitor).isEmpty())
        .thenComparingDouble(
            result -> {
              double value = result.value(monitor).orElse(0);
              return monitor.better() == Better.HIGHER ? -value : value;
            })
        .thenComparingInt(result -> result.trial().number());
  }
}
