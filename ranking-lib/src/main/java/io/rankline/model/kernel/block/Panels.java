package io.rankline.model.kernel.block;

/**
 * How many rows a worker multiplies before it looks at them again.
 *
 * <p>A panel should be tall, since every product reads and writes all weights or their gradient,
 * and should still be in the second-level cache for the element-wise pass.
 */
final class Panels {

  /** Floats of a panel's outputs: 1 MB. */
  private static final int FLOATS = 1 << 18;

  private static final int LEAST = 64;
  private static final int MOST = 1024;

  private Panels() {}

  static int rows(int width) {
    return Math.max(LEAST, Math.min(MOST, FLOATS / width));
  }
}
