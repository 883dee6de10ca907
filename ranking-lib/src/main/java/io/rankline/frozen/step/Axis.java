package io.rankline.frozen.step;

/** What the rows of a value are. */
public enum Axis {
  /** One row a list. */
  LISTS,
  /** One row an item. */
  ITEMS
}
