package io.rankline.loss.sampling;

import io.rankline.loss.form.LossName;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.loss.lambda.YetiDcgLambdaWeight;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Logistic loss of neighbours in randomly perturbed rankings: YetiLoss.
 *
 * <pre>
 *   loss(y, s) = sum over samples, y_i &gt; y_j of lambda_ij ln(1 + exp(-(s'_i - s'_j)))
 *   s' = sampled scores / temperature
 * </pre>
 *
 * <p>Computed as {@link PairwiseLogisticLoss} is, once for each sample. A list without a pair of
 * different labels gives 0.
 *
 * @param lambdaWeight lambda_ij by the ranks of the sample; null for 1
 * @param sampler draws the samples; see {@link GumbelSampler}
 * @see <a href="https://arxiv.org/abs/2204.01500">Lyzhin et al., Which Tricks are Important for
 *     Learning to Rank?, ICML 2023</a>
 */
@LossName("yeti_logistic_loss")
public record YetiLogisticLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides sampled scores")
        double temperature,
    @Option(fallback = "yeti_dcg", form = LambdaWeightForm.class, meaning = "weight of pairs")
        @Nullable PairLambdaWeight lambdaWeight,
    @Option(inText = false) GumbelSampler sampler)
    implements SampledLoss {

  public YetiLogisticLoss {
    Faults.in(YetiLogisticLoss.class, temperature, lambdaWeight, sampler).orThrow();
  }

  /** Temperature 1, {@link YetiDcgLambdaWeight#DEFAULT}, {@link GumbelSampler#DEFAULT}. */
  public YetiLogisticLoss() {
    this(1, YetiDcgLambdaWeight.DEFAULT, GumbelSampler.DEFAULT);
  }

  @Override
  public YetiLogisticLoss withSampler(GumbelSampler newSampler) {
    return new YetiLogisticLoss(temperature, lambdaWeight, newSampler);
  }

  @Override
  public RankingLoss decorated() {
    return new PairwiseLogisticLoss(temperature, lambdaWeight);
  }
}
