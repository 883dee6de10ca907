package io.rankline.loss.smooth;

import io.rankline.loss.form.LossList;
import io.rankline.loss.listwise.ListwiseLoss;

/**
 * A metric with {@link SmoothRanks} in place of ranks. A list whose labels do not sum to more than
 * 0 has weight 0.
 */
interface SmoothRankLoss extends ListwiseLoss {

  /**
   * The loss by ranks.
   *
   * @param weight of the list
   * @param ranks has the ranks, and receives {@code weight} times the derivative by each
   */
  double byRanks(LossList list, double weight, SmoothRanks ranks);

  @Override
  default double weight(LossList list) {
    return list.weightOfPositive();
  }

  @Override
  default double loss(LossList list, double weight) {
    SmoothRanks ranks = list.scratch(SmoothRanks.class, SmoothRanks::new);
    ranks.forward(list.scores(), list.size());
    double loss = byRanks(list, weight, ranks);
    if (weight != 0) {
      ranks.backward(list.scores(), list.gradient(), list.size());
    }
    return loss;
  }
}
