package io.rankline.model.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the valid items of a padded batch stand, and which row each of them is.
 *
 * @param lists B
 * @param listSize L
 * @param slots position {@code b * L + i} of every row in the padded batch, ascending, shape [N]
 * @param starts first row of every list, and N at the end, shape [B + 1]
 */
public record ListRows(int lists, int listSize, int[] slots, int[] starts) {

  /**
   * The rows of a batch.
   *
   * @param mask above 0 at an item, shape [B, L]
   * @throws IllegalArgumentException if the mask has another rank, or no item
   */
  public static ListRows of(INDArray mask) {
    if (mask.rank() != 2) {
      throw new IllegalArgumentException(
          "the mask must have shape [batch, list], got " + Arrays.toString(mask.shape()));
    }
    int lists = Math.toIntExact(mask.size(0));
    int listSize = Math.toIntExact(mask.size(1));
    float[] items = NativeFloats.values(mask);
    int[] slots = new int[items.length];
    int[] starts = new int[lists + 1];
    int rows = 0;
    for (int b = 0; b < lists; b++) {
      for (int i = b * listSize; i < (b + 1) * listSize; i++) {
        if (items[i] > 0) {
          slots[rows++] = i;
        }
      }
      starts[b + 1] = rows;
    }
    if (rows == 0) {
      throw new IllegalArgumentException(
          "a batch needs at least one item, got %s lists of padding".formatted(lists));
    }
    return new ListRows(lists, listSize, Arrays.copyOf(slots, rows), starts);
  }

  /** N, the number of valid items. */
  public int rows() {
    return slots.length;
  }

  /** Items of the list that has most. */
  public int longest() {
    int longest = 0;
    for (int b = 0; b < lists; b++) {
      longest = Math.max(longest, starts[b + 1] - starts[b]);
    }
    return longest;
  }

  /** The list that each row belongs to, shape [N]. */
  public int[] listOfRow() {
    int[] list = new int[rows()];
    for (int b = 0; b < lists; b++) {
      Arrays.fill(list, starts[b], starts[b + 1], b);
    }
    return list;
  }
}
