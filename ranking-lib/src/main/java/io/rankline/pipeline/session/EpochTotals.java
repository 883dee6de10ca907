package io.rankline.pipeline.session;

import java.time.Duration;

/**
 * Sums over training steps.
 *
 * @param lossSum of the batches' losses
 * @param steps number of steps
 * @param lists number of lists trained on
 * @param items number of items trained on
 * @param training wall time
 * @param waiting how much of it was spent waiting for input
 */
public record EpochTotals(
    double lossSum, long steps, long lists, long items, Duration training, Duration waiting) {

  /** No step. */
  public static final EpochTotals NONE = new EpochTotals(0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

  /** These steps and more. */
  public EpochTotals plus(EpochTotals more) {
    return new EpochTotals(
        lossSum + more.lossSum,
        steps + more.steps,
        lists + more.lists,
        items + more.items,
        training.plus(more.training),
        waiting.plus(more.waiting));
  }

  /** Mean loss of a step; NaN without steps. */
  public double meanLoss() {
    return lossSum / steps;
  }
}
