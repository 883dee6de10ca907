package io.rankline.loss;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * In which order items with equal keys are ranked.
 *
 * @param seed null for the order in which the items stand in the list, which makes every result
 *     reproducible; otherwise the seed of a random order, drawn anew for every list and step
 */
public record TieOrder(@Nullable Long seed) implements Serializable {

  /** The order in which items stand in the list; the default. */
  public static final TieOrder BY_POSITION = new TieOrder(null);

  /** A random order, as TF-Ranking uses. */
  public static TieOrder random(long seed) {
    return new TieOrder(seed);
  }

  boolean isRandom() {
    return seed != null;
  }

  long seedOr(long fallback) {
    return seed == null ? fallback : seed;
  }
}
