package io.rankline.loss;

/** What a loss adds up: the elements that reductions count and weights apply to. */
public enum LossFamily {
  /** One element an item; the weight of an element is the item's. */
  POINTWISE,

  /**
   * One element an ordered pair of items (i, j); its weight is that of item i times the lambda
   * weight.
   */
  PAIRWISE,

  /**
   * One element a list; its weight is 1 without weights, otherwise the average item weight by
   * label, {@code sum_i w_i y_i / sum_i y_i}, or 0 where all labels are 0.
   */
  LISTWISE
}
