package io.rankline.spark.training;

import io.rankline.data.KnownNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code strategy_options} of the strategies that train on executors.
 *
 * @param numWorkers {@code num_workers}: replicas, each in a task of its own; null for as many as
 *     there are slots
 * @param sharing {@code gradient_sharing}
 * @param firstPort {@code port}: the first port that workers listen on; 0 for any free one
 * @param portCount {@code port_count}: how many ports from the first one on are tried
 * @param silence {@code silence_timeout}: seconds that a worker may stay away while others wait,
 *     before it counts as lost
 * @param patience {@code slots_timeout}: seconds to wait for the slots of all workers, at the start
 *     and after executors were lost
 */
record ClusterOptions(
    @Nullable Integer numWorkers,
    GradientSharing sharing,
    int firstPort,
    int portCount,
    Duration silence,
    Duration patience) {

  private static final String NUM_WORKERS = "num_workers";
  private static final String SHARING = "gradient_sharing";
  private static final String PORT = "port";
  private static final String PORT_COUNT = "port_count";
  private static final String SILENCE = "silence_timeout";
  private static final String PATIENCE = "slots_timeout";
  private static final List<String> KNOWN =
      List.of(NUM_WORKERS, SHARING, PORT, PORT_COUNT, SILENCE, PATIENCE);
  private static final int LAST_PORT = 65_535;
  private static final int DEFAULT_PORTS = 64;
  private static final int DEFAULT_SILENCE = 60;
  private static final int DEFAULT_PATIENCE = 300;

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException telling all faults at once
   */
  static ClusterOptions of(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    for (String name : options.keySet()) {
      if (!KNOWN.contains(name)) {
        problems.add(
            "strategy_options has an unknown key '%s'; expected one of %s"
                .formatted(name, String.join(", ", KnownNames.nearestFirst(name, KNOWN))));
      }
    }
    Integer workers =
        options.containsKey(NUM_WORKERS)
            ? (Integer) number(options, NUM_WORKERS, 1, 1, Integer.MAX_VALUE, problems)
            : null;
    GradientSharing sharing = GradientSharing.EXACT;
    try {
      sharing = GradientSharing.ofWireName(options.getOrDefault(SHARING, "exact"));
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    int port = number(options, PORT, 0, 0, LAST_PORT, problems);
    int ports = number(options, PORT_COUNT, DEFAULT_PORTS, 1, LAST_PORT, problems);
    int silence = number(options, SILENCE, DEFAULT_SILENCE, 1, Integer.MAX_VALUE, problems);
    int patience = number(options, PATIENCE, DEFAULT_PATIENCE, 1, Integer.MAX_VALUE, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new ClusterOptions(
        workers,
        sharing,
        port,
        port == 0 ? 0 : Math.min(ports, LAST_PORT - port + 1),
        Duration.ofSeconds(silence),
        Duration.ofSeconds(patience));
  }

  private static int number(
      Map<String, String> options,
      String name,
      int unsaid,
      int least,
      int most,
      List<String> problems) {
    String text = options.get(name);
    if (text == null) {
      return unsaid;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    problems.add(
        "strategy_options.%s must be a whole number of %d or more%s, got '%s'"
            .formatted(name, least, most == Integer.MAX_VALUE ? "" : ", at most " + most, text));
    return unsaid;
  }
}
