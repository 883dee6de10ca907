package io.rankline.pipeline.callback;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Keeps the model of the best epoch so far. Of epochs of the same value the first one is the best;
 * NaN and infinitely bad values are never best.
 */
public final class BestModel implements Callback {

  /** Keeps a model in place of the one kept before. */
  @FunctionalInterface
  public interface Save {
    /** Keeps the model of the run as it is after that epoch. */
    void save(TrainingRun run, EpochResult epoch) throws IOException;
  }

  private final Monitor monitor;
  private final Save save;

  private double best;
  private int bestEpoch;

  /**
   * Saves what is best by that value.
   *
   * @param save called at the end of each epoch that is better than all before it
   */
  public BestModel(Monitor monitor, Save save) {
    this.monitor = monitor;
    this.save = save;
    this.best = monitor.better().worst();
  }

  /** The best epoch so far, from 1; empty before the first one, and where all values were NaN. */
  public OptionalInt bestEpoch() {
    return bestEpoch == 0 ? OptionalInt.empty() : OptionalInt.of(bestEpoch);
  }

  /** The value of the best epoch; infinitely bad where there is none. */
  public double bestValue() {
    return best;
  }

  @Override
  public Optional<Monitor> monitored() {
    return Optional.of(monitor);
  }

  @Override
  public Map<String, Double> state() {
    return Map.of("best", best, "best_epoch", (double) bestEpoch);
  }

  @Override
  public void restore(Map<String, Double> state) {
    best = State.value(state, "best");
    bestEpoch = State.count(state, "best_epoch");
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) throws IOException {
    double value = monitor.of(epoch);
    if (monitor.better().test(value, best)) {
      save.save(run, epoch);
      best = value;
      bestEpoch = epoch.epoch();
    }
  }
}
