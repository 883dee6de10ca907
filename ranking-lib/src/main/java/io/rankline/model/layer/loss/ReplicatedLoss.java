package io.rankline.model.layer.loss;

import io.rankline.loss.LossObjective;
import org.jspecify.annotations.Nullable;

/** The loss layer of a network that trains on a share of a batch. */
public interface ReplicatedLoss {

  /** What is minimised. */
  LossObjective objective();

  /**
   * Says which lists of the whole batch the share holds, in the next step: losses that sample draw
   * for each list what they would draw for it there.
   *
   * @param numbers of the share's lists in the batch of all replicas, from 0; null where the share
   *     is the whole batch
   */
  void listNumbers(long @Nullable [] numbers);

  /** What the last gradient was divided by, one number for each loss of the objective. */
  double[] denominators();
}
