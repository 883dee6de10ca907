package io.rankline.spark.training.option;

import io.rankline.pipeline.replica.ExactSharing;
import io.rankline.pipeline.replica.GradientSharing;
import io.rankline.pipeline.replica.ThresholdSharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.NoOpResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.ResidualClippingPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.TargetSparsityThresholdAlgorithm;

/**
 * Those of {@code strategy_options} that say how workers share gradients. Names, meanings and
 * defaults of the threshold's are DL4J's.
 *
 * <ul>
 *   <li>{@code gradient_sharing}: {@code exact}, the default, or {@code threshold}
 *   <li>{@code threshold_algorithm}: {@code adaptive}, the default, {@code fixed} or {@code
 *       target_sparsity}
 *   <li>{@code threshold}: the first one, or the only one of {@code fixed}; 1e-4 by default, in
 *       units of a parameter's update
 *   <li>{@code min_target_sparsity}, {@code max_target_sparsity}: of {@code adaptive}, the least
 *       and the largest part of the values to be sent in a step; 1e-4 and 1e-2
 *   <li>{@code target_sparsity}: of the algorithm of that name, the part to be sent; 1e-3, at most
 *       1/16
 *   <li>{@code threshold_decay}: of both, the factor by which a threshold goes down, or its inverse
 *       up, in a step; 0.5 to the power of 1/20
 *   <li>{@code residual_clip}: what has not been sent is cut to so many thresholds, 5 by default; 0
 *       for never. It keeps old news from coming late.
 *   <li>{@code residual_clip_steps}: in every how many steps that is done, 5 by default
 * </ul>
 */
final class SharingOptions {

  private static final String EXACT = "exact";
  private static final String THRESHOLD = "threshold";
  private static final String ALGORITHM = "threshold_algorithm";
  private static final String ADAPTIVE = "adaptive";
  private static final String FIXED = "fixed";
  private static final String TARGET = "target_sparsity";
  private static final String LEAST = "min_target_sparsity";
  private static final String MOST = "max_target_sparsity";
  private static final String DECAY = "threshold_decay";
  private static final String CLIP = "residual_clip";
  private static final String CLIP_STEPS = "residual_clip_steps";

  /** Beyond it DL4J's algorithm takes a bitmap to be shorter. */
  private static final double MOST_TARGET = 1.0 / 16;

  private static final double DEFAULT_CLIP = 5;
  private static final int DEFAULT_CLIP_STEPS = 5;

  /** All of them but for {@code gradient_sharing}. */
  static final List<String> OF_THRESHOLD =
      List.of(THRESHOLD, ALGORITHM, LEAST, MOST, TARGET, DECAY, CLIP, CLIP_STEPS);

  private SharingOptions() {}

  /** The way that is asked for, as messages name it. */
  static String reader(Map<String, String> options) {
    return StrategyOptions.SHARING + "=" + (isThreshold(options) ? THRESHOLD : EXACT);
  }

  /** The options of the way that is asked for. */
  static List<String> names(Map<String, String> options) {
    List<String> names = new ArrayList<>();
    names.add(StrategyOptions.SHARING);
    if (isThreshold(options)) {
      names.addAll(OF_THRESHOLD);
    }
    return names;
  }

  /** Reads them; faults are the reader's to report. */
  static GradientSharing of(StrategyOptions reader) {
    String way = reader.choice(StrategyOptions.SHARING, EXACT, List.of(EXACT, THRESHOLD));
    if (way.equals(EXACT)) {
      return new ExactSharing();
    }
    String name = reader.choice(ALGORITHM, ADAPTIVE, List.of(ADAPTIVE, FIXED, TARGET));
    requireReader(reader, name, LEAST, List.of(ADAPTIVE));
    requireReader(reader, name, MOST, List.of(ADAPTIVE));
    requireReader(reader, name, TARGET, List.of(TARGET));
    requireReader(reader, name, DECAY, List.of(ADAPTIVE, TARGET));
    double threshold =
        reader.real(
            THRESHOLD,
            AdaptiveThresholdAlgorithm.DEFAULT_INITIAL_THRESHOLD,
            value -> value > 0,
            "above 0");
    double decay =
        reader.real(
            DECAY,
            AdaptiveThresholdAlgorithm.DEFAULT_DECAY_RATE,
            value -> value > 0 && value < 1,
            "above 0 and below 1");
    double clip = reader.real(CLIP, DEFAULT_CLIP, value -> value >= 0, "0 or more");
    int clipSteps = reader.number(CLIP_STEPS, DEFAULT_CLIP_STEPS, 1, Integer.MAX_VALUE);
    ThresholdAlgorithm algorithm =
        switch (name) {
          case FIXED -> new FixedThresholdAlgorithm(threshold);
          case TARGET -> target(reader, threshold, decay);
          default -> adaptive(reader, threshold, decay);
        };
    ResidualPostProcessor residuals =
        clip == 0
            ? new NoOpResidualPostProcessor()
            : new ResidualClippingPostProcessor(clip, clipSteps);
    return new ThresholdSharing(algorithm, residuals);
  }

  /** An option is a fault where the algorithm that is asked for does not read it. */
  private static void requireReader(
      StrategyOptions reader, String algorithm, String option, List<String> readers) {
    if (reader.has(option) && !readers.contains(algorithm)) {
      reader.problem(
          "strategy_options.%s is an option of threshold_algorithm=%s, and it is %s"
              .formatted(option, String.join(" or ", readers), algorithm));
    }
  }

  private static ThresholdAlgorithm target(StrategyOptions reader, double threshold, double decay) {
    double part =
        reader.real(
            TARGET,
            TargetSparsityThresholdAlgorithm.DEFAULT_SPARSITY_TARGET,
            value -> value > 0 && value <= MOST_TARGET,
            "above 0, at most 0.0625");
    return new TargetSparsityThresholdAlgorithm(threshold, part, decay);
  }

  private static ThresholdAlgorithm adaptive(
      StrategyOptions reader, double threshold, double decay) {
    double least = AdaptiveThresholdAlgorithm.DEFAULT_MIN_SPARSITY_TARGET;
    double most = AdaptiveThresholdAlgorithm.DEFAULT_MAX_SPARSITY_TARGET;
    double low = reader.real(LEAST, least, value -> value > 0 && value < 1, "between 0 and 1");
    double high = reader.real(MOST, most, value -> value > 0 && value < 1, "between 0 and 1");
    if (low > high) {
      reader.problem(
          "strategy_options.%s must be at most %s, got %s and %s"
              .formatted(LEAST, MOST, low, high));
      return new AdaptiveThresholdAlgorithm(threshold, least, most, decay);
    }
    return new AdaptiveThresholdAlgorithm(threshold, low, high, decay);
  }

  private static boolean isThreshold(Map<String, String> options) {
    return options
        .getOrDefault(StrategyOptions.SHARING, EXACT)
        .strip()
        .toLowerCase(Locale.ROOT)
        .equals(THRESHOLD);
  }
}
