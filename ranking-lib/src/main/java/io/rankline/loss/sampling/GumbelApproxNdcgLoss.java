package io.rankline.loss.sampling;

import io.rankline.loss.form.LossName;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * {@link ApproxNdcgLoss} of randomly perturbed scores.
 *
 * <pre>
 *   loss(y, s) = approx_ndcg_loss(y, s'),  s' = sampled scores / temperature
 * </pre>
 *
 * <p>Every sample is a list of its own in sums and reductions. A list without a positive label
 * gives 0 with weight 0.
 *
 * @param sampler draws the samples; see {@link GumbelSampler}
 * @see <a href="https://doi.org/10.1145/3336191.3371844">Bruch et al., A Stochastic Treatment of
 *     Learning to Rank Scoring Functions, WSDM 2020</a>
 */
@LossName("gumbel_approx_ndcg_loss")
public record GumbelApproxNdcgLoss(
    @Option(fallback = "0.1", above = 0, words = POSITIVE, meaning = "divides sampled scores")
        double temperature,
    @Option(inText = false) GumbelSampler sampler)
    implements SampledLoss {

  public GumbelApproxNdcgLoss {
    Faults.in(GumbelApproxNdcgLoss.class, temperature, sampler).orThrow();
  }

  /** Temperature 0.1, {@link GumbelSampler#DEFAULT}. */
  public GumbelApproxNdcgLoss() {
    this(ApproxNdcgLoss.DEFAULT_TEMPERATURE, GumbelSampler.DEFAULT);
  }

  @Override
  public GumbelApproxNdcgLoss withSampler(GumbelSampler newSampler) {
    return new GumbelApproxNdcgLoss(temperature, newSampler);
  }

  @Override
  public RankingLoss decorated() {
    return new ApproxNdcgLoss(temperature);
  }
}
