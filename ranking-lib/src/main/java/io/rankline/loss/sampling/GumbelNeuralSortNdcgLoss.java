package io.rankline.loss.sampling;

import io.rankline.loss.form.LossName;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.smooth.NeuralSortNdcgLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;

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
 * @param sampler draws the samples; see {@link GumbelSampler}
 * @see <a href="https://arxiv.org/abs/1903.08850">Grover et al., Stochastic Optimization of Sorting
 *     Networks via Continuous Relaxations, ICLR 2019</a>
 */
@LossName("gumbel_neural_sort_ndcg_loss")
public record GumbelNeuralSortNdcgLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides sampled scores")
        double temperature,
    @Option(inText = false) GumbelSampler sampler)
    implements SampledLoss {

  public GumbelNeuralSortNdcgLoss {
    Faults.in(GumbelNeuralSortNdcgLoss.class, temperature, sampler).orThrow();
  }

  /** Temperature 1, {@link GumbelSampler#DEFAULT}. */
  public GumbelNeuralSortNdcgLoss() {
    this(1, GumbelSampler.DEFAULT);
  }

  @Override
  public GumbelNeuralSortNdcgLoss withSampler(GumbelSampler newSampler) {
    return new GumbelNeuralSortNdcgLoss(temperature, newSampler);
  }

  @Override
  public RankingLoss decorated() {
    return new NeuralSortNdcgLoss(temperature);
  }
}
