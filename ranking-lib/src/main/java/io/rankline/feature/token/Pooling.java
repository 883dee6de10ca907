package io.rankline.feature.token;

import io.rankline.text.WireNames;
import java.util.Locale;

/** What becomes of the embeddings of several tokens. No token gives zeros. */
public enum Pooling {
  /** Their mean. */
  MEAN,
  /** Their sum. */
  SUM,
  /** The largest of each column. */
  MAX;

  /** The name in configuration: {@code mean}, {@code sum} or {@code max}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The pooling of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Pooling ofWireName(String wireName) {
    return WireNames.find(Pooling.class, "pooling", Pooling::wireName, wireName);
  }
}
