package io.rankline.spark.training.option;

import io.rankline.pipeline.replica.ExactSharing;
import io.rankline.pipeline.replica.GradientSharing;
import io.rankline.pipeline.session.Strategies;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code strategy_options} of MultiWorkerMirroredStrategy.
 *
 * @param threshold the options of sharing by threshold; null for exact sharing
 */
public record MultiWorkerOptions(
    @Option(
            least = 1,
            words = COUNT,
            meaning = "replicas, each in a task of its own; as many as there are slots if not set")
        @Nullable Integer numWorkers,
    @Option(fallback = "exact", meaning = "how workers share gradients") Way gradientSharing,
    @Option(
            fallback = "0",
            least = 0,
            most = LAST_PORT,
            words = "must be a whole number of 0 or more, at most 65535",
            meaning = "the first port that workers listen on; 0 for any free one")
        int port,
    @Option(
            fallback = "64",
            least = 1,
            most = LAST_PORT,
            words = "must be a whole number of 1 or more, at most 65535",
            meaning = "how many ports from the first one on are tried")
        int portCount,
    @Option(
            fallback = "60",
            least = 1,
            words = COUNT,
            meaning =
                "seconds that a worker may stay away while others wait, before it counts as lost")
        int silenceTimeout,
    @Option(
            fallback = "300",
            least = 1,
            words = COUNT,
            meaning =
                "seconds to wait for the slots of all workers, at the start and after executors"
                    + " were lost")
        int slotsTimeout,
    @Option(inText = false) @Nullable ThresholdOptions threshold) {

  /** Name of the strategy in {@code pipeline.strategy}. */
  public static final String STRATEGY = Strategies.MULTI_WORKER;

  static final String COUNT = "must be a whole number of 1 or more";
  static final String THRESHOLD = "gradient_sharing=threshold";

  private static final int LAST_PORT = 65_535;

  /** Ways to share gradients. */
  public enum Way {
    /** Every value in every step. */
    EXACT,
    /** What has grown beyond a threshold. */
    THRESHOLD
  }

  public MultiWorkerOptions {
    Faults.in(
            MultiWorkerOptions.class,
            numWorkers,
            gradientSharing,
            port,
            portCount,
            silenceTimeout,
            slotsTimeout,
            threshold)
        .orThrow();
  }

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException with all faults
   */
  public static MultiWorkerOptions of(Map<String, String> options) {
    StrategyOptions reader = new StrategyOptions(options);
    MultiWorkerOptions read = reader.read(MultiWorkerOptions.class);
    boolean byThreshold =
        options.getOrDefault("gradient_sharing", "").strip().equalsIgnoreCase("threshold");
    ThresholdOptions threshold = byThreshold ? ThresholdOptions.read(reader) : null;
    reader.requireSound(byThreshold ? THRESHOLD : "gradient_sharing=exact");
    return Objects.requireNonNull(read).with(threshold);
  }

  /** How workers share gradients. */
  public GradientSharing sharing() {
    return threshold == null ? new ExactSharing() : threshold.sharing();
  }

  /** How many ports are tried; 0 where any free one will do. */
  public int portsTried() {
    return port == 0 ? 0 : Math.min(portCount, LAST_PORT - port + 1);
  }

  /** How long a worker may stay away. */
  public Duration silence() {
    return Duration.ofSeconds(silenceTimeout);
  }

  /** How long to wait for slots. */
  public Duration patience() {
    return Duration.ofSeconds(slotsTimeout);
  }

  private MultiWorkerOptions with(@Nullable ThresholdOptions other) {
    return new MultiWorkerOptions(
        numWorkers, gradientSharing, port, portCount, silenceTimeout, slotsTimeout, other);
  }
}
