package io.rankline.loss.lambda;

import java.util.Locale;

/** The schemes of the LambdaLoss framework: how a pair counts. */
public enum LambdaLossScheme {
  /** Every pair 1. */
  RANK_NET("rank_net_loss"),

  /** {@code |G_i - G_j| |1/D(r_i) - 1/D(r_j)|}. */
  LAMBDA_RANK("lambda_rank_loss"),

  /** {@code G_i / D(r_i)}, for every ordered pair of different items. */
  NDCG_LOSS1("ndcg_loss1"),

  /** {@code |G_i - G_j| |1/D(d) - 1/D(d + 1)|}, {@code d = |r_i - r_j|}. */
  NDCG_LOSS2("ndcg_loss2"),

  /** mu times NDCG-Loss2 plus LambdaRank. */
  NDCG_LOSS2PP("ndcg_loss2pp");

  private final String lossName;

  LambdaLossScheme(String lossName) {
    this.lossName = lossName;
  }

  /** The name of the loss of this scheme. */
  public String lossName() {
    return lossName;
  }

  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }
}
