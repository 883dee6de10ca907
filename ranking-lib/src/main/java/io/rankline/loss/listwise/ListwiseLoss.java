package io.rankline.loss.listwise;

import io.rankline.loss.form.LossFamily;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;

/** A number for the list as a whole, times the weight of the list. */
public interface ListwiseLoss extends RankingLoss {

  /**
   * The loss of a list of one item or more.
   *
   * @param weight of the list; adds the derivative times this to the gradient
   * @return the loss before the weight
   */
  double loss(LossList list, double weight);

  /** What the list weighs. A list of weight 0 may be left out: its loss then counts as 0. */
  default double weight(LossList list) {
    return list.weight();
  }

  @Override
  default LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  default void evaluate(LossList list) {
    double weight = weight(list);
    boolean counts = list.size() > 0 && (weight != 0 || list.showsEveryList());
    list.addList(counts ? loss(list, weight) : 0, weight);
  }
}
