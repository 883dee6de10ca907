package io.rankline.spark.training.option;

import io.rankline.pipeline.replica.ThresholdSharing;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.NoOpResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.ResidualClippingPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.TargetSparsityThresholdAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Those of {@code strategy_options} that say what workers share under {@code
 * gradient_sharing=threshold}. Names, meanings and defaults are DL4J's.
 */
public record ThresholdOptions(
    @Option(fallback = "adaptive", meaning = "how the threshold moves")
        Algorithm thresholdAlgorithm,
    @Option(
            fallback = "1e-4",
            above = 0,
            words = "must be a number above 0",
            meaning =
                "the first threshold, or the only one of fixed, in units of a parameter's update")
        double threshold,
    @Option(
            fallback = "1e-4",
            above = 0,
            below = 1,
            words = BETWEEN,
            meaning = "of adaptive: the least part of the values to be sent in a step")
        double minTargetSparsity,
    @Option(
            fallback = "1e-2",
            above = 0,
            below = 1,
            words = BETWEEN,
            meaning = "of adaptive: the largest part of the values to be sent in a step")
        double maxTargetSparsity,
    @Option(
            fallback = "1e-3",
            above = 0,
            most = 0.0625, // beyond it DL4J's algorithm takes a bitmap to be shorter
            words = "must be a number above 0, at most 0.0625",
            meaning = "of target_sparsity: the part of the values to be sent in a step")
        double targetSparsity,
    @Option(
            above = 0,
            below = 1,
            words = "must be a number above 0 and below 1",
            meaning = "the factor by which a threshold goes down, or its inverse up, in a step")
        @Nullable Double thresholdDecay,
    @Option(
            fallback = "5",
            least = 0,
            words = "must be a number 0 or more",
            meaning =
                "what has not been sent is cut to so many thresholds, which keeps old news from"
                    + " coming late; 0 for never")
        double residualClip,
    @Option(
            fallback = "5",
            least = 1,
            words = MultiWorkerOptions.COUNT,
            meaning = "in every how many steps that is done")
        int residualClipSteps) {

  @SuppressWarnings("UnusedVariable") // options above use it
  private static final String BETWEEN = "must be a number between 0 and 1";

  /** DL4J's algorithms. */
  public enum Algorithm {
    ADAPTIVE,
    FIXED,
    TARGET_SPARSITY
  }

  /** Which algorithms read an option that not all of them read. */
  private static final Map<String, List<Algorithm>> READERS =
      new TreeMap<>(
          Map.of(
              "min_target_sparsity", List.of(Algorithm.ADAPTIVE),
              "max_target_sparsity", List.of(Algorithm.ADAPTIVE),
              "target_sparsity", List.of(Algorithm.TARGET_SPARSITY),
              "threshold_decay", List.of(Algorithm.ADAPTIVE, Algorithm.TARGET_SPARSITY)));

  public ThresholdOptions {
    Faults.in(
            ThresholdOptions.class,
            thresholdAlgorithm,
            threshold,
            minTargetSparsity,
            maxTargetSparsity,
            targetSparsity,
            thresholdDecay,
            residualClip,
            residualClipSteps)
        .addUnless(
            minTargetSparsity <= maxTargetSparsity,
            "min_target_sparsity",
            "must be at most max_target_sparsity, got %s and %s",
            minTargetSparsity,
            maxTargetSparsity)
        .orThrow();
  }

  /** Reads them; an option that the algorithm does not read is a fault. Null after a fault. */
  static @Nullable ThresholdOptions read(StrategyOptions options) {
    Algorithm algorithm = options.constant("threshold_algorithm", Algorithm.ADAPTIVE).orElse(null);
    READERS.forEach(
        (key, readers) -> {
          if (options.has(key) && algorithm != null && !readers.contains(algorithm)) {
            String others =
                readers.stream()
                    .map(ThresholdOptions::wireName)
                    .collect(Collectors.joining(" or "));
            options.fault(
                key,
                "is an option of threshold_algorithm=%s, and it is %s"
                    .formatted(others, wireName(algorithm)));
          }
        });
    return options.read(ThresholdOptions.class);
  }

  /** The sharing that they describe. */
  ThresholdSharing sharing() {
    double decay =
        thresholdDecay == null ? AdaptiveThresholdAlgorithm.DEFAULT_DECAY_RATE : thresholdDecay;
    ThresholdAlgorithm algorithm =
        switch (thresholdAlgorithm) {
          case FIXED -> new FixedThresholdAlgorithm(threshold);
          case TARGET_SPARSITY ->
              new TargetSparsityThresholdAlgorithm(threshold, targetSparsity, decay);
          case ADAPTIVE ->
              new AdaptiveThresholdAlgorithm(
                  threshold, minTargetSparsity, maxTargetSparsity, decay);
        };
    ResidualPostProcessor residuals =
        residualClip == 0
            ? new NoOpResidualPostProcessor()
            : new ResidualClippingPostProcessor(residualClip, residualClipSteps);
    return new ThresholdSharing(algorithm, residuals);
  }

  private static String wireName(Algorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT);
  }
}
