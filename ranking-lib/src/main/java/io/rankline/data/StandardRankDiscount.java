package io.rankline.data;

/** The discounts that have a name. */
enum StandardRankDiscount implements RankDiscount {
  INVERSE_LOG2 {
    @Override
    public double of(double rank) {
      return LN_2 / Math.log1p(rank);
    }
  },
  INVERSE_LN {
    @Override
    public double of(double rank) {
      return 1 / Math.log1p(rank);
    }
  },
  RECIPROCAL {
    @Override
    public double of(double rank) {
      return rank == 0 ? 0 : 1 / rank;
    }
  };

  private static final double LN_2 = Math.log(2);
}
