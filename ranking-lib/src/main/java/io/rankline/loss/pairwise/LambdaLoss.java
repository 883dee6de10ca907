package io.rankline.loss.pairwise;

import io.rankline.loss.form.TemperatureUse;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.text.Faults;
import io.rankline.text.Option;

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
 * @see <a href="https://doi.org/10.1145/3269206.3271784">Wang et al., The LambdaLoss Framework for
 *     Ranking Metric Optimization, CIKM 2018</a>
 */
public record LambdaLoss(
    @Option(inText = false) LambdaLossWeight lambdaWeight,
    @Option(
            fallback = "1.0",
            above = 0,
            words = POSITIVE,
            meaning = "steepness of the logistic function")
        double sigma)
    implements PairwiseLoss {

  private static final double LN_2 = Math.log(2);

  /** The value of the paper for NDCG-Loss2++. */
  public static final double DEFAULT_MU = 10;

  public LambdaLoss {
    Faults.in(LambdaLoss.class, lambdaWeight, sigma).orThrow();
  }

  /** Sigma 1, mu 10, all ranks. */
  public LambdaLoss(LambdaLossScheme scheme) {
    this(new LambdaLossWeight(scheme, DEFAULT_MU, LambdaWeight.ALL_RANKS), 1);
  }

  @Override
  public double temperature() {
    return 1 / sigma;
  }

  /** Sigma belongs to the formula. */
  @Override
  public TemperatureUse temperatureUse() {
    return TemperatureUse.EVERYWHERE;
  }

  @Override
  public String wireName() {
    return lambdaWeight.scheme().lossName();
  }

  @Override
  public PairFunction function() {
    return PairFunction.LOGISTIC;
  }

  @Override
  public boolean takesAllPairs() {
    return lambdaWeight.scheme() == LambdaLossScheme.NDCG_LOSS1;
  }

  /** The formula has a binary logarithm. */
  @Override
  public double scale() {
    return 1 / LN_2;
  }
}
