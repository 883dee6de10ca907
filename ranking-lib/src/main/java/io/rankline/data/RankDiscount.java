package io.rankline.data;

import java.io.Serializable;

/**
 * How much a position in the ranking counts. Losses and metrics share it.
 *
 * <p>A discount of your own is an enum or a record, so that it can travel to executors and be
 * compared.
 */
public interface RankDiscount extends Serializable {

  /** {@code 1 / log2(1 + rank)}, the discount of NDCG. */
  RankDiscount INVERSE_LOG2 = StandardRankDiscount.INVERSE_LOG2;

  /** {@code 1 / ln(1 + rank)}. */
  RankDiscount INVERSE_LN = StandardRankDiscount.INVERSE_LN;

  /** {@code 1 / rank}; 0 at rank 0. */
  RankDiscount RECIPROCAL = StandardRankDiscount.RECIPROCAL;

  /**
   * The discount of a position.
   *
   * @param rank position from 1; 0 or a difference of ranks where a formula asks for it
   */
  double of(double rank);
}
