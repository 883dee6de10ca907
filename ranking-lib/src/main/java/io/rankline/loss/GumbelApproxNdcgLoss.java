package io.rankline.loss;

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
 * @param temperature divides sampled scores
 * @param sampler draws the samples; see {@link GumbelSampler}
 * @see <a href="https://doi.org/10.1145/3336191.3371844">Bruch et al., A Stochastic Treatment of
 *     Learning to Rank Scoring Functions, WSDM 2020</a>
 */
public record GumbelApproxNdcgLoss(double temperature, GumbelSampler sampler)
    implements RankingLoss {

  public GumbelApproxNdcgLoss {
    Require.positive("temperature", temperature);
  }

  /** Temperature 0.1, {@link GumbelSampler#DEFAULT}. */
  public GumbelApproxNdcgLoss() {
    this(ApproxNdcgLoss.DEFAULT_TEMPERATURE, GumbelSampler.DEFAULT);
  }

  @Override
  public String wireName() {
    return LossKey.GUMBEL_APPROX_NDCG.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  public GumbelApproxNdcgLoss seeded(long seed) {
    return new GumbelApproxNdcgLoss(temperature, sampler.seeded(seed));
  }

  @Override
  public void evaluate(LossWorkspace list) {
    ApproxNdcgLoss.evaluateList(list);
  }
}
