package io.rankline.export.graph;

import java.util.Arrays;

/**
 * Arithmetic on the shapes of tensors, whose values stand row by row: for those who compute them.
 */
public final class Shapes {

  private Shapes() {}

  /** Number of values of a shape. */
  public static int size(int... shape) {
    return size(shape, 0, shape.length);
  }

  /** Number of values in some of the dimensions. */
  public static int size(int[] shape, int from, int to) {
    int size = 1;
    for (int d = from; d < to; d++) {
      size = Math.multiplyExact(size, shape[d]);
    }
    return size;
  }

  /** How far neighbours in each dimension stand from each other. */
  public static int[] strides(int... shape) {
    int[] strides = new int[shape.length];
    for (int d = shape.length - 1, stride = 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    return strides;
  }

  /** Dimensions from {@code from} to before {@code to}. */
  public static int[] part(int[] shape, int from, int to) {
    return Arrays.copyOfRange(shape, from, to);
  }

  /** One shape behind the other. */
  public static int[] joined(int[] left, int... right) {
    int[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  /**
   * The shape that two become when dimensions of size 1 are repeated, as in NumPy.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static int[] common(int[] left, int[] right) {
    int rank = Math.max(left.length, right.length);
    int[] common = new int[rank];
    for (int d = 0; d < rank; d++) {
      int x = sizeAt(left, d, rank);
      int y = sizeAt(right, d, rank);
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "shapes %s and %s do not go together"
                .formatted(Arrays.toString(left), Arrays.toString(right)));
      }
      common[d] = x == 1 ? y : x;
    }
    return common;
  }

  /** Where each value of {@code target} stands in a tensor whose dimensions of 1 are repeated. */
  public static int[] repeated(int[] shape, int[] target) {
    int[] own = strides(shape);
    int[] steps = new int[target.length];
    for (int d = 0; d < shape.length; d++) {
      steps[target.length - shape.length + d] = shape[d] == 1 ? 0 : own[d];
    }
    return places(target, steps);
  }

  /** As {@link #places(int, int[], int[])}, from the first value on. */
  public static int[] places(int[] shape, int[] steps) {
    return places(0, shape, steps);
  }

  /**
   * Places of the values of a shape.
   *
   * @param start the place of the first
   * @param steps how far neighbours in each dimension stand from each other
   */
  public static int[] places(int start, int[] shape, int[] steps) {
    int[] places = new int[size(shape)];
    int[] at = new int[shape.length];
    int place = start;
    for (int i = 0; i < places.length; i++) {
      places[i] = place;
      for (int d = shape.length - 1; d >= 0; d--) {
        place += steps[d];
        if (++at[d] < shape[d]) {
          break;
        }
        place -= steps[d] * shape[d];
        at[d] = 0;
      }
    }
    return places;
  }

  private static int sizeAt(int[] shape, int dimension, int rank) {
    int d = dimension - (rank - shape.length);
    return d < 0 ? 1 : shape[d];
  }
}
