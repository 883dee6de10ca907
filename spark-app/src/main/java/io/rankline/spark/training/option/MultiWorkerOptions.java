package io.rankline.spark.training.option;

import io.rankline.pipeline.replica.GradientSharing;
import io.rankline.pipeline.session.Strategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code strategy_options} of MultiWorkerMirroredStrategy.
 *
 * @param numWorkers {@code num_workers}: replicas, each in a task of its own; 0 for as many as
 *     there are slots
 * @param sharing {@code gradient_sharing} and what belongs to it, see {@link SharingOptions}
 * @param firstPort {@code port}: the first port that workers listen on; 0 for any free one
 * @param portCount {@code port_count}: how many ports from the first one on are tried
 * @param silence {@code silence_timeout}: seconds that a worker may stay away while others wait,
 *     before it counts as lost
 * @param patience {@code slots_timeout}: seconds to wait for the slots of all workers, at the start
 *     and after executors were lost
 */
public record MultiWorkerOptions(
    int numWorkers,
    GradientSharing sharing,
    int firstPort,
    int portCount,
    Duration silence,
    Duration patience) {

  /** Name of the strategy in {@code pipeline.strategy}. */
  public static final String STRATEGY = Strategies.MULTI_WORKER;

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
  public static MultiWorkerOptions of(Map<String, String> options) {
    List<String> known = new ArrayList<>(List.of(StrategyOptions.NUM_WORKERS));
    known.addAll(SharingOptions.names(options));
    known.addAll(List.of(PORT, PORT_COUNT, SILENCE, StrategyOptions.PATIENCE));
    StrategyOptions reader = new StrategyOptions(options, SharingOptions.reader(options), known);
    int workers = reader.workers();
    GradientSharing sharing = SharingOptions.of(reader);
    int port = reader.number(PORT, 0, 0, LAST_PORT);
    int ports = reader.number(PORT_COUNT, DEFAULT_PORTS, 1, LAST_PORT);
    int silence = reader.number(SILENCE, DEFAULT_SILENCE, 1, Integer.MAX_VALUE);
    Duration patience = reader.patience();
    reader.requireSound();
    return new MultiWorkerOptions(
        workers,
        sharing,
        port,
        port == 0 ? 0 : Math.min(ports, LAST_PORT - port + 1),
        Duration.ofSeconds(silence),
        patience);
  }
}
