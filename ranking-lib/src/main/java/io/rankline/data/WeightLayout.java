package io.rankline.data;

/** Whether lists carry weights, and whether there is one for each item or one for the list. */
public enum WeightLayout {
  /** No weights. */
  NONE,
  /** One weight an item: [N] in a list, [B, L] in a batch. */
  PER_ITEM,
  /** One weight a list: [1] in a list, [B, 1] in a batch. */
  PER_LIST;

  /** Number of weights that a list of {@code size} items has. */
  public int count(int size) {
    return switch (this) {
      case NONE -> 0;
      case PER_ITEM -> size;
      case PER_LIST -> 1;
    };
  }
}
