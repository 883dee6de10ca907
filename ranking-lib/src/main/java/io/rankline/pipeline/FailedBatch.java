package io.rankline.pipeline;

import io.rankline.data.ListBatch;

/** Says what stood in a batch on which training failed, so that it can be found in the data. */
public final class FailedBatch {

  private FailedBatch() {}

  /**
   * The message.
   *
   * @param step number of the step, from 1
   * @param batch of transformed lists
   */
  public static String describe(long step, double loss, ListBatch batch) {
    long firstList = (step - 1) * batch.batchSize();
    int worst = 0;
    float largest = 0;
    for (int slot = 0; slot < batch.mask().length; slot++) {
      for (int f = 0; f < width(batch) && batch.mask()[slot]; f++) {
        float value = Math.abs(batch.examples()[slot * width(batch) + f]);
        if (!(value <= largest)) {
          largest = value;
          worst = slot / batch.listSize();
        }
      }
    }
    return ("the loss of step %d is %s; its batch holds lists %d to %d in the order of training, of"
            + " %d items; the largest feature value, %s after transforms, stands in list %d of the"
            + " batch. Lower the learning rate, set gradient_clip_norm, or transform large"
            + " features; the last checkpoint is as it was")
        .formatted(
            step,
            loss,
            firstList + 1,
            firstList + batch.batchSize(),
            batch.validItems(),
            largest,
            worst + 1);
  }

  private static int width(ListBatch batch) {
    return batch.layout().exampleWidth();
  }
}
