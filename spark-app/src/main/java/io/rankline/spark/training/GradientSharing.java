package io.rankline.spark.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How workers share their gradients. */
enum GradientSharing {
  /** All of the gradient in every step: what one worker would compute on the whole batch. */
  EXACT,

  /** DL4J's threshold-encoded updates: little traffic, other results. */
  THRESHOLD;

  /** Reads {@code gradient_sharing}, exact unless told; a fault is the reader's to tell. */
  static GradientSharing of(StrategyOptions reader) {
    String name = reader.choice(StrategyOptions.SHARING, "exact", List.of("exact", "threshold"));
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether options ask for threshold sharing; of their faults others speak. */
  static boolean isThreshold(Map<String, String> options) {
    return "threshold".equals(options.get(StrategyOptions.SHARING));
  }
}
