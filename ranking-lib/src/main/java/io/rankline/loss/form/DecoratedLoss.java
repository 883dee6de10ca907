package io.rankline.loss.form;

/** A loss that changes a list and then has another loss evaluate it. */
public interface DecoratedLoss extends RankingLoss {

  /** The loss that is decorated. Built again by each call: one call serves a whole batch. */
  RankingLoss decorated();

  /**
   * Evaluates a list.
   *
   * @param decorated what {@link #decorated} returned
   */
  void evaluate(LossList list, RankingLoss decorated);

  @Override
  default void evaluate(LossList list) {
    evaluate(list, decorated());
  }

  @Override
  default LossFamily family() {
    return decorated().family();
  }

  @Override
  default int outputs() {
    return decorated().outputs();
  }

  @Override
  default TemperatureUse temperatureUse() {
    return decorated().temperatureUse();
  }
}
