package io.rankline.loss;

/**
 * {@link NeuralSortNdcgLoss} of randomly perturbed scores.
 *
 * <pre>
 *   loss(y, s) = neural_sort_ndcg_loss(y, s'),  s' = sampled scores / temperature
 * </pre>
 *
 * <p>Every sample is a list of its own in sums and reductions. A list without a positive label
 * gives 0 with weight 0.
 *
 * @param temperature divides sampled scores
 * @param sampler draws the samples; see {@link GumbelSampler}
 * @see <a href="https://arxiv.org/abs/1903.08850">Grover et al., Stochastic Optimization of Sorting
 *     Networks via Continuous Relaxations, ICLR 2019</a>
 */
public record GumbelNeuralSortNdcgLoss(double temperature, GumbelSampler sampler)
    implements RankingLoss {

  public GumbelNeuralSortNdcgLoss {
    Require.positive("temperature", temperature);
  }

  /** Temperature 1, {@link GumbelSampler#DEFAULT}. */
  public GumbelNeuralSortNdcgLoss() {
    this(1, GumbelSampler.DEFAULT);
  }

  @Override
  public String wireName() {
    return LossKey.GUMBEL_NEURAL_SORT_NDCG.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  public GumbelNeuralSortNdcgLoss seeded(long seed) {
    return new GumbelNeuralSortNdcgLoss(temperature, sampler.seeded(seed));
  }

  @Override
  public void evaluate(LossWorkspace list) {
    NeuralSortNdcgLoss.evaluateList(list);
  }
}
