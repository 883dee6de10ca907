package io.rankline.loss.lambda;

import java.util.Locale;

/** The schemes of the LambdaLoss framework: how a pair counts. */
public enum LambdaLossScheme {
  /** Every pair 1. */
  RANK_NET,

  /** {@code |G_i - G_j| |1/D(r_i) - 1/D(r_j)|}. */
  LAMBDA_RANK,

  /** {@code G_i / D(r_i)}, for every ordered pair of different items. */
  NDCG_LOSS1,

  /** {@code |G_i - G_j| |1/D(d) - 1/D(d + 1)|}, {@code d = |r_i - r_j|}. */
  NDCG_LOSS2,

  /** mu times NDCG-Loss2 plus LambdaRank. */
  NDCG_LOSS2PP;

  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }
}
