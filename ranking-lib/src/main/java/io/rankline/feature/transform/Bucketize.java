package io.rankline.feature.transform;

import io.rankline.text.Option;
import java.util.Arrays;
import java.util.List;

/**
 * Which of the ranges between boundaries a value lies in. Bucket 0 holds values below the first
 * boundary, bucket i those from boundary i-1 (inclusive) to boundary i (exclusive), the last one
 * the rest.
 */
public record Bucketize(
    @Option(meaning = "one or more numbers, ascending") List<Float> boundaries,
    @Option(fallback = "one_hot", meaning = "what becomes of the number of a bucket") Output output)
    implements Transform {

  /** What becomes of a bucket's number. */
  public enum Output {
    /** A column a bucket: 1 in the value's own, 0 in the others; all 0 for a missing value. */
    ONE_HOT,
    /** The number itself; NaN for a missing value. */
    INDEX
  }

  public Bucketize {
    boundaries = List.copyOf(boundaries);
    boolean ascending = !boundaries.isEmpty();
    for (int i = 0; i < boundaries.size(); i++) {
      ascending &=
          Float.isFinite(boundaries.get(i))
              && (i == 0 || boundaries.get(i - 1) < boundaries.get(i));
    }
    if (!ascending) {
      throw new IllegalArgumentException(
          "boundaries of bucketize must be one or more ascending numbers, got " + boundaries);
    }
  }

  @Override
  public boolean isFitted() {
    return true;
  }

  @Override
  public boolean isColumnwise() {
    return false;
  }

  @Override
  public int width(int inputWidth) {
    return output == Output.INDEX
        ? inputWidth
        : Math.multiplyExact(inputWidth, boundaries.size() + 1);
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    float[] edges = new float[boundaries.size()];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = boundaries.get(i);
    }
    int count = rows * inputWidth;
    int buckets = edges.length + 1;
    if (output == Output.ONE_HOT) {
      Arrays.fill(out, 0, count * buckets, 0);
    }
    for (int i = 0; i < count; i++) {
      boolean missing = Float.isNaN(in[i]);
      if (output == Output.INDEX) {
        out[i] = missing ? Float.NaN : bucket(edges, in[i]);
      } else if (!missing) {
        out[i * buckets + bucket(edges, in[i])] = 1;
      }
    }
  }

  private static int bucket(float[] edges, float value) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value < edges[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
