package io.rankline.model.scorer;

/** What a scorer looks at to score an item. */
public enum ScoringScope {
  /** The item itself and its context: the same score in whatever list it stands. */
  ITEM,
  /** The whole list. */
  LIST
}
