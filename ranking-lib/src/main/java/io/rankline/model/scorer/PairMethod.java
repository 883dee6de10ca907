package io.rankline.model.scorer;

import io.rankline.text.WireNames;
import java.util.Locale;

/** Which pairs of items boosted trees get gradients from, by XGBoost's names. */
public enum PairMethod {
  /** Those with one of the first items of the ranking. */
  TOPK,
  /** Some that are drawn for each item. */
  MEAN;

  /** The name in configuration: {@code topk} or {@code mean}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static PairMethod ofWireName(String wireName) {
    return WireNames.find(PairMethod.class, "pair method", PairMethod::wireName, wireName);
  }
}
