package io.rankline.loss.form;

/** What a loss adds up: the elements that reductions count and weights apply to. */
public enum LossFamily {
  /** One element an item; its weight is the item's, 0 where the label is below 0. */
  POINTWISE,

  /**
   * One element an ordered pair of items (i, j); its weight is that of item i, 0 where label i is
   * below 0, times the lambda weight.
   */
  PAIRWISE,

  /**
   * One element a list; its weight is 1 without weights, otherwise the average item weight by
   * label, {@code sum_i w_i y_i / sum_i y_i} over labels above 0, or 0 where there are none.
   */
  LISTWISE
}
