package io.rankline.io.tensor.bundle;

import io.rankline.io.tensor.StoredTensor;
import java.util.List;

/** A tensor that is put together of its parts, which have as many numbers as it has. */
final class SlicedTensor {

  private final List<Integer> shape;
  private final float[] values;
  private final boolean[] filled;

  SlicedTensor(List<Integer> shape) {
    this.shape = shape;
    this.values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    this.filled = new boolean[values.length];
  }

  /** Puts a part to its place; false if it has no place, or another part is there. */
  boolean put(TensorSlice slice, StoredTensor part) {
    int dimensions = shape.size();
    int[] starts = new int[dimensions];
    int[] ends = new int[dimensions];
    if (slice.starts().size() != dimensions || part.shape().size() != dimensions) {
      return false;
    }
    for (int d = 0; d < dimensions; d++) {
      boolean isWhole = slice.lengths().get(d) == TensorSlice.ALL;
      long start = isWhole ? 0 : slice.starts().get(d);
      long end = isWhole ? shape.get(d) : start + slice.lengths().get(d);
      if (start < 0 || end > shape.get(d) || end - start != part.shape().get(d)) {
        return false;
      }
      starts[d] = (int) start;
      ends[d] = (int) end;
    }
    int[] at = starts.clone();
    for (float value : part.values()) {
      int place = 0;
      for (int d = 0; d < dimensions; d++) {
        place = place * shape.get(d) + at[d];
      }
      if (filled[place]) {
        return false;
      }
      filled[place] = true;
      values[place] = value;
      for (int d = dimensions - 1; d >= 0 && ++at[d] == ends[d]; d--) {
        at[d] = starts[d];
      }
    }
    return true;
  }

  /** All numbers, in row-major order. */
  float[] values() {
    return values;
  }
}
