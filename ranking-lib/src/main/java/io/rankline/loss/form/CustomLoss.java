package io.rankline.loss.form;

/**
 * The door for a listwise loss of your own: implement it with a record or an enum, so that it can
 * travel to executors, and add it to a {@code LossObjective}.
 */
public interface CustomLoss extends RankingLoss {

  /**
   * The loss of one list, and its gradient. Arrays may be longer than the list.
   *
   * @param labels label of each item, below 0 only under a mask; do not change them
   * @param scores score of each item, divided by {@link #temperature}; do not change them
   * @param weights weight of each item, 1 where there are no weights; do not change them
   * @param size n, the number of items, 0 or more
   * @param gradient zero before; receives the derivative of the loss by each score
   * @return the loss of the list before the list's weight
   */
  double lossAndGradient(
      double[] labels, double[] scores, double[] weights, int size, double[] gradient);

  @Override
  default LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  default void evaluate(LossList list) {
    double[] gradient = list.gradient();
    double loss =
        lossAndGradient(list.labels(), list.scores(), list.weights(), list.size(), gradient);
    double weight = list.weight();
    for (int i = 0; i < list.size() * list.outputs(); i++) {
      gradient[i] *= weight;
    }
    list.addList(loss, weight);
  }
}
