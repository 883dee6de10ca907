package io.rankline.spark.training.option;

import io.rankline.pipeline.session.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code strategy_options} of ParameterServerStrategy.
 *
 * @param numWorkers {@code num_workers}: replicas, each in a task of its own; 0 for as many as
 *     there are slots
 * @param averagingFrequency {@code averaging_frequency}: steps that each worker takes alone before
 *     all of them are averaged, 5 unless told; the end of an epoch and a checkpoint average too
 * @param averageUpdaters {@code average_updaters}: whether the optimizer's state (moments and the
 *     like) is averaged along with the parameters, which is the default. If not, every round begins
 *     with the state that the training began with
 * @param patience {@code slots_timeout}: seconds to wait for the slots of all workers at the start,
 *     and for any slot after executors were lost; 300 unless told
 */
public record AveragingOptions(
    int numWorkers, int averagingFrequency, boolean averageUpdaters, Duration patience) {

  /** Name of the strategy in {@code pipeline.strategy}. */
  public static final String STRATEGY = Strategies.PARAMETER_SERVER;

  private static final String FREQUENCY = "averaging_frequency";
  private static final String UPDATERS = "average_updaters";
  private static final int DEFAULT_FREQUENCY = 5;

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException telling all faults at once
   */
  public static AveragingOptions of(Map<String, String> options) {
    StrategyOptions reader =
        new StrategyOptions(
            options,
            AveragingOptions.STRATEGY,
            List.of(StrategyOptions.NUM_WORKERS, FREQUENCY, UPDATERS, StrategyOptions.PATIENCE));
    AveragingOptions read =
        new AveragingOptions(
            reader.workers(),
            reader.number(FREQUENCY, DEFAULT_FREQUENCY, 1, Integer.MAX_VALUE),
            reader.flag(UPDATERS, true),
            reader.patience());
    reader.requireSound();
    return read;
  }
}
