package io.rankline.loss.click;

import io.rankline.loss.form.DecoratedLoss;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;

/**
 * Another loss for clicks, each click weighted by how rarely its position is examined: {@code 1 /
 * theta_i}, theta_i being the probability that the position at which item i was shown is examined.
 */
interface InversePropensityLoss extends DecoratedLoss {

  /** theta. */
  PositionBias bias();

  /** The smallest theta that is believed. */
  double minPropensity();

  /** What of the items is divided by theta: their weights. */
  default double[] weighted(LossList list) {
    return list.weights();
  }

  @Override
  default void evaluate(LossList list, RankingLoss decorated) {
    double[] weighted = weighted(list);
    for (int i = 0; i < list.size(); i++) {
      weighted[i] *= bias().inversePropensity(list.positions()[i], minPropensity());
    }
    decorated.evaluate(list);
  }
}
