package io.rankline.loss;

import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.LambdaWeight;

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
 * @param lambdaWeight how a pair counts
 * @param sigma steepness of the logistic function
 * @see <a href="https://doi.org/10.1145/3269206.3271784">Wang et al., The LambdaLoss Framework for
 *     Ranking Metric Optimization, CIKM 2018</a>
 */
public record LambdaLoss(LambdaLossWeight lambdaWeight, double sigma) implements PairwiseLoss {

  /** The value of the paper for NDCG-Loss2++. */
  public static final double DEFAULT_MU = 10;

  public LambdaLoss {
    Require.positive("sigma", sigma);
  }

  /** Sigma 1, mu 10, all ranks. */
  public LambdaLoss(LambdaLossScheme scheme) {
    this(new LambdaLossWeight(scheme, DEFAULT_MU, LambdaWeight.ALL_RANKS), 1);
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
    return lambdaWeight.scheme() == LambdaLossScheme.NDCG_LOSS1
        ? PairShape.LOG2_ALL
        : PairShape.LOG2;
  }

  private LossKey key() {
    return switch (lambdaWeight.scheme()) {
      case RANK_NET -> LossKey.RANK_NET;
      case LAMBDA_RANK -> LossKey.LAMBDA_RANK;
      case NDCG_LOSS1 -> LossKey.NDCG_LOSS1;
      case NDCG_LOSS2 -> LossKey.NDCG_LOSS2;
      case NDCG_LOSS2PP -> LossKey.NDCG_LOSS2PP;
    };
  }
}
