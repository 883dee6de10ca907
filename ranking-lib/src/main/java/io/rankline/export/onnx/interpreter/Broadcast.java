package io.rankline.export.onnx.interpreter;

import java.util.Arrays;

/** How tensors of different shapes are repeated along dimensions of size 1, as NumPy does. */
final class Broadcast {

  private Broadcast() {}

  /**
   * The shape that both are repeated to.
   *
   * @throws IllegalArgumentException if there is none
   */
  static int[] shape(int[] left, int[] right) {
    int[] shape = new int[Math.max(left.length, right.length)];
    for (int k = 0; k < shape.length; k++) {
      int l = size(left, k - shape.length + left.length);
      int r = size(right, k - shape.length + right.length);
      if (l != r && l != 1 && r != 1) {
        throw new IllegalArgumentException(
            "shapes %s and %s do not go together"
                .formatted(Arrays.toString(left), Arrays.toString(right)));
      }
      shape[k] = l == 1 ? r : l;
    }
    return shape;
  }

  /** For each value of a larger shape its place in a tensor that is repeated to it. */
  static int[] places(int[] small, int[] large) {
    int[] steps = new int[large.length];
    int step = 1;
    for (int k = large.length - 1; k >= 0; k--) {
      int own = size(small, k - large.length + small.length);
      steps[k] = own == 1 ? 0 : step;
      step *= own;
    }
    return places(steps, 0, large);
  }

  /** For each value of a shape the place that steps along its dimensions lead to from a start. */
  static int[] places(int[] steps, int start, int[] shape) {
    int[] places = new int[Tensor.size(shape)];
    int[] at = new int[shape.length];
    int place = start;
    for (int i = 0; i < places.length; i++) {
      places[i] = place;
      for (int k = shape.length - 1; k >= 0; k--) {
        place += steps[k];
        if (++at[k] < shape[k]) {
          break;
        }
        place -= steps[k] * shape[k];
        at[k] = 0;
      }
    }
    return places;
  }

  /** The step from one value to the next along each dimension. */
  static int[] steps(int... shape) {
    int[] steps = new int[shape.length];
    int step = 1;
    for (int k = shape.length - 1; k >= 0; k--) {
      steps[k] = step;
      step *= shape[k];
    }
    return steps;
  }

  private static int size(int[] shape, int k) {
    return k < 0 ? 1 : shape[k];
  }
}
