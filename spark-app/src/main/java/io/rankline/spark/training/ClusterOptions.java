package io.rankline.spark.training;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code strategy_options} of MultiWorkerMirroredStrategy with exact sharing.
 *
 * @param numWorkers {@code num_workers}: replicas, each in a task of its own; 0 for as many as
 *     there are slots
 * @param firstPort {@code port}: the first port that workers listen on; 0 for any free one
 * @param portCount {@code port_count}: how many ports from the first one on are tried
 * @param silence {@code silence_timeout}: seconds that a worker may stay away while others wait,
 *     before it counts as lost
 * @param patience {@code slots_timeout}: seconds to wait for the slots of all workers, at the start
 *     and after executors were lost
 */
record ClusterOptions(
    int numWorkers, int firstPort, int portCount, Duration silence, Duration patience) {

  private static final String PORT = "port";
  private static final String PORT_COUNT = "port_count";
  private static final String SILENCE = "silence_timeout";
  private static final int LAST_PORT = 65_535;
  private static final int DEFAULT_PORTS = 64;
  private static final int DEFAULT_SILENCE = 60;

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException telling all faults at once
   */
  static ClusterOptions of(Map<String, String> options) {
    StrategyOptions reader =
        new StrategyOptions(
            options,
            "gradient_sharing=exact",
            List.of(
                StrategyOptions.NUM_WORKERS,
                StrategyOptions.SHARING,
                PORT,
                PORT_COUNT,
                SILENCE,
                StrategyOptions.PATIENCE));
    int workers = reader.workers();
    if (GradientSharing.of(reader) == GradientSharing.THRESHOLD) {
      reader.problem(
          "strategy_options.gradient_sharing=threshold is not there yet; use exact, or"
              + " ParameterServerStrategy, whose workers send once in averaging_frequency steps");
    }
    int port = reader.number(PORT, 0, 0, LAST_PORT);
    int ports = reader.number(PORT_COUNT, DEFAULT_PORTS, 1, LAST_PORT);
    int silence = reader.number(SILENCE, DEFAULT_SILENCE, 1, Integer.MAX_VALUE);
    Duration patience = reader.patience();
    reader.requireSound();
    return new ClusterOptions(
        workers,
        port,
        port == 0 ? 0 : Math.min(ports, LAST_PORT - port + 1),
        Duration.ofSeconds(silence),
        patience);
  }
}
