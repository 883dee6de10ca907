package io.rankline.loss.lambda;

import io.rankline.data.RankDiscount;

/**
 * {@code 2^(listSize - k) - 1}, the weight of position k in position-aware ListMLE.
 *
 * @see <a href="https://auai.org/uai2014/proceedings/individuals/164.pdf">Lan et al.,
 *     Position-Aware ListMLE, UAI 2014</a>
 */
record PositionAwareDiscount(int listSize) implements RankDiscount {

  @Override
  public double of(double rank) {
    return Math.pow(2, listSize - rank) - 1;
  }
}
