package io.rankline.loss;

import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.PairLambdaWeight;

/**
 * The LambdaLoss framework: RankNet, LambdaRank, NDCG-Loss1, NDCG-Loss2 and NDCG-Loss2++.
 *
 * <pre>
 *   loss(y, s) = sum over pairs of lambda_ij log2(1 + exp(-sigma (s_i - s_j)))
 * </pre>
 *
 * <p>Pairs are those with {@code y_i > y_j}, for NDCG-Loss1 all ordered pairs of different items.
 * {@link LambdaLossWeight} has the weights. Probabilities are not clipped, so that the gradient of
 * a pair in very wrong order does not vanish. A list without a positive label gives 0, except under
 * RankNet.
 *
 * @param scheme how a pair counts
 * @param sigma steepness of the logistic function
 * @param mu weight of NDCG-Loss2 within NDCG-Loss2++; the other schemes do not read it
 * @param topn pairs count whose items both rank up to it
 * @see <a href="https://doi.org/10.1145/3269206.3271784">Wang et al., The LambdaLoss Framework for
 *     Ranking Metric Optimization, CIKM 2018</a>
 */
public record LambdaLoss(LambdaLossScheme scheme, double sigma, double mu, int topn)
    implements PairwiseLoss {

  /** The value of the paper for NDCG-Loss2++. */
  public static final double DEFAULT_MU = 10;

  public LambdaLoss {
    Require.positive("sigma", sigma);
    // Checks mu and topn.
    new LambdaLossWeight(scheme, mu, topn).kind();
  }

  /** Sigma 1, mu 10, all ranks. */
  public LambdaLoss(LambdaLossScheme scheme) {
    this(scheme, 1, DEFAULT_MU, io.rankline.loss.lambda.LambdaWeight.ALL_RANKS);
  }

  @Override
  public PairLambdaWeight lambdaWeight() {
    return new LambdaLossWeight(scheme, mu, topn);
  }

  @Override
  public double temperature() {
    return 1 / sigma;
  }

  /** Sigma belongs to the formula, so per-list values have it too. */
  @Override
  public boolean dividesPerListScores() {
    return true;
  }

  @Override
  public String wireName() {
    return key().wireName();
  }

  @Override
  public PairShape shape() {
    return scheme == LambdaLossScheme.NDCG_LOSS1 ? PairShape.LOG2_ALL : PairShape.LOG2;
  }

  private LossKey key() {
    return switch (scheme) {
      case RANK_NET -> LossKey.RANK_NET;
      case LAMBDA_RANK -> LossKey.LAMBDA_RANK;
      case NDCG_LOSS1 -> LossKey.NDCG_LOSS1;
      case NDCG_LOSS2 -> LossKey.NDCG_LOSS2;
      case NDCG_LOSS2PP -> LossKey.NDCG_LOSS2PP;
    };
  }
}
