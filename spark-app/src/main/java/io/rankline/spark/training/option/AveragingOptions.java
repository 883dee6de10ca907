package io.rankline.spark.training.option;

import io.rankline.pipeline.session.Strategies;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code strategy_options} of ParameterServerStrategy. */
public record AveragingOptions(
    @Option(
            least = 1,
            words = MultiWorkerOptions.COUNT,
            meaning = "replicas, each in a task of its own; as many as there are slots if not set")
        @Nullable Integer numWorkers,
    @Option(
            fallback = "5",
            least = 1,
            words = MultiWorkerOptions.COUNT,
            meaning =
                "steps that each worker takes alone before all of them are averaged; the end of an"
                    + " epoch and a checkpoint average too")
        int averagingFrequency,
    @Option(
            fallback = "true",
            meaning =
                "whether the optimizer's state (moments and the like) is averaged along with the"
                    + " parameters. If not, every round begins with the state that the training"
                    + " began with")
        boolean averageUpdaters,
    @Option(
            fallback = "300",
            least = 1,
            words = MultiWorkerOptions.COUNT,
            meaning =
                "seconds to wait for the slots of all workers at the start, and for any slot after"
                    + " executors were lost")
        int slotsTimeout) {

  /** Name of the strategy in {@code pipeline.strategy}. */
  public static final String STRATEGY = Strategies.PARAMETER_SERVER;

  public AveragingOptions {
    Faults.in(AveragingOptions.class, numWorkers, averagingFrequency, averageUpdaters, slotsTimeout)
        .orThrow();
  }

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException with all faults
   */
  public static AveragingOptions of(Map<String, String> options) {
    StrategyOptions reader = new StrategyOptions(options);
    AveragingOptions read = reader.read(AveragingOptions.class);
    reader.requireSound(STRATEGY);
    return Objects.requireNonNull(read);
  }

  /** How long to wait for slots. */
  public Duration patience() {
    return Duration.ofSeconds(slotsTimeout);
  }
}
