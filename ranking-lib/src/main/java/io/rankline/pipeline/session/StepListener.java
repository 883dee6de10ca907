package io.rankline.pipeline.session;

import java.io.IOException;

/** Hears of every training step, on the thread that asked for them. */
@FunctionalInterface
public interface StepListener {

  /**
   * A step was taken.
   *
   * @param loss of the batch before the update
   * @param lists number of its lists, over all replicas
   * @param items number of its valid items, over all replicas
   */
  void onStep(double loss, int lists, int items) throws IOException;
}
