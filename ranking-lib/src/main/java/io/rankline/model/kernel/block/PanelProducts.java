package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;

/** Products of row-major panels with some weights, for training. Several threads may share one. */
interface PanelProducts {

  /** z = x w for a panel of rows. */
  void forward(int rows, Matrix x, Matrix z);

  /**
   * Adds x' dz of a panel of rows to the gradient of the weights, or starts it.
   *
   * @param adds whether there is something to add to
   * @param gradients holds those of all blocks from {@code at} on
   */
  void weightGradient(int rows, Matrix x, Matrix dz, boolean adds, NativeFloats gradients, long at);

  /** dx = dz w' for a panel of rows. */
  void inputGradient(int rows, Matrix dz, Matrix dx);
}
