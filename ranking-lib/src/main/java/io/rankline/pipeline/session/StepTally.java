package io.rankline.pipeline.session;

import java.io.IOException;
import java.time.Duration;

/** Adds up the steps of a session and reports each of them. */
public final class StepTally {

  private final StepListener listener;
  private double lossSum;
  private long steps;
  private long lists;
  private long items;

  /**
   * No step yet.
   *
   * @param listener called after every step
   */
  public StepTally(StepListener listener) {
    this.listener = listener;
  }

  /**
   * Takes a step in.
   *
   * @param loss of the batch before the update
   * @param listsOfStep number of its lists, over all replicas
   * @param itemsOfStep number of its valid items, over all replicas
   */
  public void add(double loss, int listsOfStep, int itemsOfStep) throws IOException {
    steps++;
    lossSum += loss;
    lists += listsOfStep;
    items += itemsOfStep;
    listener.onStep(loss, listsOfStep, itemsOfStep);
  }

  /**
   * The steps so far.
   *
   * @param training wall time
   * @param waiting how much of it was spent waiting for input
   */
  public EpochTotals totals(Duration training, Duration waiting) {
    return new EpochTotals(lossSum, steps, lists, items, training, waiting);
  }
}
