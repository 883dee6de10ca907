package io.rankline.data;

import java.util.List;

/**
 * B lists padded to one length L, as the tensors that a model takes. Valid items come first in each
 * list.
 *
 * @param layout which column holds what
 * @param batchSize B
 * @param listSize L
 * @param context dense context features, shape [B, C]
 * @param examples dense example features, shape [B, L, F]; a padded item holds each feature's
 *     default, or 0 where it has none
 * @param mask true at an item and false at padding, shape [B, L]
 * @param sizes number of items of each list before truncation, shape [B]; can exceed L
 * @param labels shape [T, B, L]; -1 at padding
 * @param weights shape [B, L] (0 at padding), [B, 1] or [0], as {@link ListLayout#weights} says
 * @param contextColumns as {@link ListLayout#contextColumns} says, each of B rows
 * @param exampleColumns as {@link ListLayout#exampleColumns} says, each of B times L rows
 */
public record ListBatch(
    ListLayout layout,
    int batchSize,
    int listSize,
    float[] context,
    float[] examples,
    boolean[] mask,
    int[] sizes,
    float[] labels,
    float[] weights,
    List<ValueColumn> contextColumns,
    List<ValueColumn> exampleColumns) {

  /** What a model calls the mask among its inputs, unless it has a name of its own. */
  public static final String MASK_NAME = "__list_mask__";

  /** The label of an item that is padding. */
  public static final float PADDING_LABEL = -1f;

  /** The score of padding, ln(1e-10): its softmax is 0 in float, and it sorts last. */
  public static final double PADDING_SCORE = Math.log(1e-10);

  /** Number of valid items over all lists. */
  public int validItems() {
    int valid = 0;
    for (boolean item : mask) {
      valid += item ? 1 : 0;
    }
    return valid;
  }
}
