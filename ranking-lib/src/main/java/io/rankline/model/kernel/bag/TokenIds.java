package io.rankline.model.kernel.bag;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bags of ids, on the heap.
 *
 * @param bags number of bags
 * @param width T, the room for ids that a bag has
 * @param ids shape [bags, T]; below 0 where there is none
 */
public record TokenIds(int bags, int width, int[] ids) {

  /**
   * The ids of an array.
   *
   * @param rows number of rows of the table
   * @throws IllegalArgumentException for another shape, or an id that the table does not have
   */
  public static TokenIds of(INDArray array, long rows) {
    if (array.rank() != 2) {
      throw new IllegalArgumentException(
          "ids must have shape [bags, tokens], got " + Arrays.toString(array.shape()));
    }
    int[] ids = toHeap(array);
    for (int id : ids) {
      if (id >= rows) {
        throw new IllegalArgumentException(
            "an id must be below %s, the rows of the table, got %s".formatted(rows, id));
      }
    }
    return new TokenIds(Math.toIntExact(array.size(0)), Math.toIntExact(array.size(1)), ids);
  }

  /** All ids of an array of any shape, row by row. */
  public static int[] toHeap(INDArray array) {
    return array.castTo(DataType.INT32).reshape('c', new long[] {array.length()}).toIntVector();
  }

  /** Number of ids of each bag. */
  int[] counts() {
    int[] counts = new int[bags];
    for (int i = 0; i < ids.length; i++) {
      counts[i / width] += ids[i] < 0 ? 0 : 1;
    }
    return counts;
  }
}
