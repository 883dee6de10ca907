package io.rankline.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * In which order items with equal scores, or labels where those define an order, are ranked. Losses
 * and metrics share it.
 *
 * <p>TF-Ranking breaks ties at random; here that is an option, because a number that changes from
 * run to run can be neither merged nor gated on.
 *
 * @param seed null for the order in which the items are given; otherwise the seed of a random
 *     order, in which every order of the tied items is equally likely
 */
public record TieOrder(@Nullable Long seed) implements Serializable {

  /** The item given first ranks first: the default. */
  public static final TieOrder AS_GIVEN = new TieOrder(null);

  /**
   * A random order. A metric draws one for each list, by the seed, the list's id and its size; a
   * loss draws one for each list and step.
   */
  public static TieOrder random(long seed) {
    return new TieOrder(seed);
  }

  /** Whether ties are broken at random. */
  public boolean isRandom() {
    return seed != null;
  }

  /** The seed; {@code fallback} where there is none. */
  public long seedOr(long fallback) {
    return seed == null ? fallback : seed;
  }
}
