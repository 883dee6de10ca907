package io.rankline.model.layer;

import io.rankline.loss.LossObjective;

/** The loss layer of a network that trains on a share of a batch. */
public interface ReplicatedLoss {

  /** What is minimised. */
  LossObjective objective();

  /**
   * Says where the share begins from the next step on: losses that sample draw for each list what
   * they would draw for it in the whole batch.
   *
   * @param number of the share's first list in the batch of all replicas, from 0
   */
  void firstList(long number);

  /** What the last gradient was divided by, one number for each loss of the objective. */
  double[] denominators();
}
