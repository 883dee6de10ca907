package io.rankline.metric;

import java.io.Serializable;

/**
 * In which order items of equal score are ranked.
 *
 * <p>TF-Ranking breaks ties at random; here that is an option, because a number that changes from
 * run to run can be neither merged nor gated on.
 *
 * @param rule how ties are broken
 * @param seed seed of the random order; 0 where the order is as given
 */
public record TieOrder(Rule rule, long seed) implements Serializable {

  /** How ties are broken. */
  public enum Rule {
    /** The item given first ranks first. */
    AS_GIVEN,
    /** Every order of the tied items is equally likely. */
    RANDOM
  }

  /** The item given first ranks first: the default. */
  public static final TieOrder AS_GIVEN = new TieOrder(Rule.AS_GIVEN, 0);

  /**
   * Every order of tied items is equally likely. The draw depends on the seed, the list's {@link
   * ScoredList#id} and its size alone, so a list gets the same order in whichever partition it is.
   */
  public static TieOrder random(long seed) {
    return new TieOrder(Rule.RANDOM, seed);
  }
}
