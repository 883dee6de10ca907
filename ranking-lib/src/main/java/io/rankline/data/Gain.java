package io.rankline.data;

import java.io.Serializable;

/**
 * What an item is worth, by its label. Losses and metrics share it.
 *
 * <p>A gain of your own is an enum or a record, so that it can travel to executors and be compared.
 */
public interface Gain extends Serializable {

  /** {@code 2^y - 1}, the gain of NDCG. */
  Gain EXPONENTIAL = StandardGain.EXPONENTIAL;

  /** {@code y}. */
  Gain IDENTITY = StandardGain.IDENTITY;

  /**
   * The gain of one item.
   *
   * @param label relevance, 0 or more
   */
  double of(double label);
}
