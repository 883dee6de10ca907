package io.rankline.spark.training;

import java.util.List;
import java.util.Locale;

/** How workers share their gradients. */
enum GradientSharing {
  /** All of the gradient in every step: what one worker would compute on the whole batch. */
  EXACT,

  /** DL4J's threshold-encoded updates: little traffic, other results. Not there yet. */
  THRESHOLD;

  /** Reads {@code gradient_sharing}, exact unless told; a fault is the reader's to tell. */
  static GradientSharing of(StrategyOptions reader) {
    String name = reader.choice(StrategyOptions.SHARING, "exact", List.of("exact", "threshold"));
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
