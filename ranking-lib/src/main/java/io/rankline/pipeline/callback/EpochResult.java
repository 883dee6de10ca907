package io.rankline.pipeline.callback;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One epoch with its validation.
 *
 * @param epoch from 1
 * @param step number of parameter updates so far, over all epochs and runs
 * @param logs values by Keras's names, in order: the mean training loss over the steps of the epoch
 *     as "loss", then "val_loss", "val_metric/ndcg_5" and so on, and "lr"
 * @param lists number of lists trained on
 * @param items number of items trained on
 * @param training wall time of the epoch's steps
 * @param waiting how much of it was spent waiting for input
 * @param validating wall time of the validation
 */
public record EpochResult(
    int epoch,
    long step,
    Map<String, Double> logs,
    long lists,
    long items,
    Duration training,
    Duration waiting,
    Duration validating) {

  public EpochResult {
    logs = Collections.unmodifiableMap(new LinkedHashMap<>(logs));
  }

  /** The value of that name, if the epoch has it. */
  public OptionalDouble value(String name) {
    Double value = logs.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Lists trained on in a second of the epoch's steps; 0 where they took no time. */
  public double listsPerSecond() {
    return training.isZero() ? 0 : lists * 1e9 / training.toNanos();
  }

  /** Share of the steps' time that was spent waiting for input, in [0, 1]. */
  public double waitingShare() {
    return training.isZero() ? 0 : (double) waiting.toNanos() / training.toNanos();
  }
}
