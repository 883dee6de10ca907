package io.rankline.loss.sampling;

import io.rankline.loss.form.DecoratedLoss;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;

/**
 * Another loss of randomly perturbed scores. Every sample is a list of its own in sums and
 * reductions. The temperature divides sampled scores.
 */
public interface SampledLoss extends DecoratedLoss {

  /** Draws the samples. */
  GumbelSampler sampler();

  /** This loss with another sampler. */
  SampledLoss withSampler(GumbelSampler sampler);

  @Override
  default SampledLoss seeded(long seed) {
    return withSampler(sampler().seeded(seed));
  }

  @Override
  default void evaluate(LossList list, RankingLoss decorated) {
    sampler().evaluate(list, decorated);
  }
}
