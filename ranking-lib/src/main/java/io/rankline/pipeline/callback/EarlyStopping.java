package io.rankline.pipeline.callback;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Stops training once a value has not become better for some epochs, as Keras does.
 *
 * <pre>
 *   wait = wait + 1
 *   if value + minDelta &lt; best (or value - minDelta &gt; best, where higher is better):
 *     best = value; wait = 0
 *   else if wait &gt;= patience and this is not the first epoch:
 *     stop
 * </pre>
 *
 * <p>The best value starts as infinitely bad, so the first epoch counts as better unless its value
 * is NaN; NaN is never better. A patience of 0 stops as one of 1 does: at the first epoch that is
 * not better. The model keeps the parameters of the last epoch.
 */
public final class EarlyStopping implements Callback {

  private final Monitor monitor;
  private final double minDelta;
  private final int patience;

  private double best;
  private int bestEpoch;
  private int wait;

  /**
   * Stops on that value.
   *
   * @param monitor the value
   * @param minDelta a smaller change does not count as better; 0 or more
   * @param patience number of epochs without a better value after which to stop; 0 or more
   */
  public EarlyStopping(Monitor monitor, double minDelta, int patience) {
    if (!(minDelta >= 0) || Double.isInfinite(minDelta)) {
      throw new IllegalArgumentException(
          "min delta of early stopping must be 0 or more and finite, got " + minDelta);
    }
    if (patience < 0) {
      throw new IllegalArgumentException(
          "patience of early stopping must be 0 or more, got " + patience);
    }
    this.monitor = monitor;
    this.minDelta = minDelta;
    this.patience = patience;
    this.best = monitor.better().worst();
  }

  @Override
  public Optional<Monitor> monitored() {
    return Optional.of(monitor);
  }

  @Override
  public Map<String, Double> state() {
    return Map.of("best", best, "best_epoch", (double) bestEpoch, "wait", (double) wait);
  }

  @Override
  public void restore(Map<String, Double> state) {
    best = State.value(state, "best");
    bestEpoch = State.count(state, "best_epoch");
    wait = State.count(state, "wait");
  }

  /** A run that was cut off between its last epoch and its end is not to train once more. */
  @Override
  public void onTrainBegin(TrainingRun run) {
    if (run.finishedEpochs() > 0) {
      stopIfDue(run, run.finishedEpochs());
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) {
    double value = monitor.of(epoch);
    wait++;
    if (monitor.better().test(monitor.better().worsened(value, minDelta), best)) {
      best = value;
      bestEpoch = epoch.epoch();
      wait = 0;
    } else {
      stopIfDue(run, epoch.epoch());
    }
  }

  private void stopIfDue(TrainingRun run, int epoch) {
    if (wait > 0 && wait >= patience && epoch > 1) {
      run.stop(
          bestEpoch == 0
              ? "%s had no value better than NaN for %s epochs".formatted(monitor.name(), wait)
              : String.format(
                  Locale.ROOT,
                  "%s has not become better than %.6g, of epoch %d, for %d epochs",
                  monitor.name(),
                  best,
                  bestEpoch,
                  wait));
    }
  }
}
