package io.rankline.loss.form;

/** Where the temperature of a loss divides the scores before the loss sees them. */
public enum TemperatureUse {
  /**
   * In training. Values of single lists, items and pairs are of undivided scores, as in TF-Ranking.
   */
  TRAINING,

  /** Everywhere: softmax losses, as in TF-Ranking, and losses to whose formula it belongs. */
  EVERYWHERE,

  /** Nowhere: the loss applies it to something else than the scores. */
  NOWHERE;

  /** What scores of a loss with that temperature are divided by. */
  public double divisor(double temperature, boolean inTraining) {
    return this == EVERYWHERE || (this == TRAINING && inTraining) ? temperature : 1;
  }
}
