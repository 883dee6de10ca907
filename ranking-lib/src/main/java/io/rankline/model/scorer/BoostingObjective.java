package io.rankline.model.scorer;

import io.rankline.text.WireNames;

/** What boosted trees are grown to improve, by XGBoost's names without {@code rank:}. */
public enum BoostingObjective {
  /** NDCG: LambdaMART. */
  NDCG("ndcg"),
  /** Pairs in the right order, wherever they stand. */
  PAIRWISE("pairwise"),
  /** Mean average precision, of labels 0 and 1. */
  MAP("map");

  private final String wireName;

  BoostingObjective(String wireName) {
    this.wireName = wireName;
  }

  /** The name in configuration; in XGBoost {@code rank:} stands before it. */
  public String wireName() {
    return wireName;
  }

  /**
   * The objective of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static BoostingObjective ofWireName(String wireName) {
    return WireNames.find(
        BoostingObjective.class, "objective", BoostingObjective::wireName, wireName);
  }
}
