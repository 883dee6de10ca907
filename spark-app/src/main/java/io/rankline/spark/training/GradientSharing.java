package io.rankline.spark.training;

import java.util.Locale;

/** How workers share their gradients. */
enum GradientSharing {
  /** All of the gradient in every step: what one worker would compute on the whole batch. */
  EXACT,

  /** DL4J's threshold-encoded updates: little traffic, other results. */
  THRESHOLD;

  static GradientSharing ofWireName(String name) {
    for (GradientSharing sharing : values()) {
      if (sharing.name().toLowerCase(Locale.ROOT).equals(name)) {
        return sharing;
      }
    }
    throw new IllegalArgumentException(
        "strategy_options.gradient_sharing must be exact or threshold, got '%s'".formatted(name));
  }
}
