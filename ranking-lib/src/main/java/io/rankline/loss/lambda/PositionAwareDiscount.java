package io.rankline.loss.lambda;

import io.rankline.data.RankDiscount;

/**
 * {@code 2^(listSize - k) - 1}, the weight of position k in position-aware ListMLE.
 *
 * @see <a href="https://auai.org/uai2014/proceedings/individuals/164.pdf">Lan et al.,
 *     Position-Aware ListMLE, UAI 2014</a>
 */
record PositionAwareDiscount(int listSize) implements RankDiscount {

  /** 2^1023 is the largest power of 2 that is finite. */
  private static final int LARGEST = 1024;

  PositionAwareDiscount {
    if (listSize < 1 || listSize > LARGEST) {
      throw new IllegalArgumentException(
          "list size of position-aware weights must lie in 1 to %s, got %s"
              .formatted(LARGEST, listSize));
    }
  }

  @Override
  public double of(double rank) {
    return Math.pow(2, listSize - rank) - 1;
  }
}
