package io.rankline.frozen.step;

import java.util.Arrays;

/** The parameters of a network, which its layers take one after the other. */
final class Parameters {

  private final float[] values;
  private int taken;

  Parameters(float[] values) {
    this.values = values;
  }

  /** The next ones. */
  float[] take(long count) {
    if (count > values.length - taken) {
      throw new IllegalArgumentException(
          "the network needs more than its %s parameters".formatted(values.length));
    }
    int from = taken;
    taken += (int) count;
    return Arrays.copyOfRange(values, from, taken);
  }

  void requireEnd() {
    if (taken != values.length) {
      throw new IllegalArgumentException(
          "the network needs %s parameters, got %s".formatted(taken, values.length));
    }
  }
}
