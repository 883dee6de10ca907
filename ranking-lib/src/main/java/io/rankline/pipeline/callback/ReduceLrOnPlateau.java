package io.rankline.pipeline.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers the learning rate once a value has not improved for some epochs, as Keras does.
 *
 * <pre>
 *   if cooling &gt; 0:
 *     cooling = cooling - 1
 *   if value &lt; best - minDelta (or value &gt; best + minDelta, where higher is better):
 *     best = value; wait = 0
 *   else if cooling = 0:
 *     wait = wait + 1
 *     if wait &gt;= patience and rate &gt; minRate:
 *       rate = max(rate * factor, minRate); cooling = cooldown; wait = 0
 * </pre>
 *
 * <p>The best value starts as infinitely bad; NaN is never better. A patience of 0 acts as 1.
 *
 * @see Builder for the defaults
 */
public final class ReduceLrOnPlateau implements Callback {

  private static final Logger log = LoggerFactory.getLogger(ReduceLrOnPlateau.class);

  private final Monitor monitor;
  private final double factor;
  private final int patience;
  private final double minDelta;
  private final double minRate;
  private final int cooldown;

  private double best;
  private int wait;
  private int cooling;

  private ReduceLrOnPlateau(Builder builder) {
    monitor = builder.monitor;
    factor = builder.factor;
    patience = builder.patience;
    minDelta = builder.minDelta;
    minRate = builder.minRate;
    cooldown = builder.cooldown;
    best = monitor.better().worst();
  }

  /** Keras's defaults: the validation loss, a tenth of the rate after 10 epochs. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Optional<Monitor> monitored() {
    return Optional.of(monitor);
  }

  @Override
  public Map<String, Double> state() {
    return Map.of("best", best, "wait", (double) wait, "cooling", (double) cooling);
  }

  @Override
  public void restore(Map<String, Double> state) {
    best = State.value(state, "best");
    wait = State.count(state, "wait");
    cooling = State.count(state, "cooling");
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) {
    double value = monitor.of(epoch);
    if (cooling > 0) {
      cooling--;
    }
    if (monitor.better().test(value, monitor.better().worsened(best, -minDelta))) {
      best = value;
      wait = 0;
    } else if (cooling == 0) {
      wait++;
      double rate = run.learningRate();
      if (wait >= patience && rate > minRate) {
        double reduced = Math.max(rate * factor, minRate);
        run.setLearningRate(reduced);
        log.info(
            "epoch {}: {} has not become better for {} epochs; learning rate goes from {} to {}",
            epoch.epoch(),
            monitor.name(),
            wait,
            rate,
            reduced);
        cooling = cooldown;
        wait = 0;
      }
    }
  }

  /** Collects the settings; each has Keras's default. */
  public static final class Builder {

    private Monitor monitor = Monitor.VALIDATION_LOSS;
    private double factor = 0.1;
    private int patience = 10;
    private double minDelta = 1e-4;
    private double minRate;
    private int cooldown;

    private Builder() {}

    /** The value to look at; the validation loss by default. */
    public Builder monitor(Monitor monitor) {
      this.monitor = monitor;
      return this;
    }

    /** What the rate is multiplied with, in (0, 1); 0.1 by default. */
    public Builder factor(double factor) {
      this.factor = factor;
      return this;
    }

    /** Number of epochs without a better value after which to act, 0 or more; default 10. */
    public Builder patience(int epochs) {
      this.patience = epochs;
      return this;
    }

    /** A smaller change does not count as better, 0 or more; default 0.0001. */
    public Builder minDelta(double minDelta) {
      this.minDelta = minDelta;
      return this;
    }

    /** The rate goes no lower than this, 0 or more; default 0. */
    public Builder minRate(double rate) {
      this.minRate = rate;
      return this;
    }

    /** Number of epochs after a reduction during which nothing is counted, 0 or more; default 0. */
    public Builder cooldown(int epochs) {
      this.cooldown = epochs;
      return this;
    }

    /**
     * The callback.
     *
     * @throws IllegalArgumentException with everything that is wrong with the settings
     */
    public ReduceLrOnPlateau build() {
      List<String> problems = new ArrayList<>();
      if (!(factor > 0 && factor < 1)) {
        problems.add("factor must be between 0 and 1, got " + factor);
      }
      if (patience < 0) {
        problems.add("patience must be 0 or more, got " + patience);
      }
      if (!(minDelta >= 0) || Double.isInfinite(minDelta)) {
        problems.add("min delta must be 0 or more and finite, got " + minDelta);
      }
      if (!(minRate >= 0) || Double.isInfinite(minRate)) {
        problems.add("min rate must be 0 or more and finite, got " + minRate);
      }
      if (cooldown < 0) {
        problems.add("cooldown must be 0 or more, got " + cooldown);
      }
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
            "lower learning rates on plateaus: " + String.join("; ", problems));
      }
      return new ReduceLrOnPlateau(this);
    }
  }
}
