package io.rankline.model.kernel.bag;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
    return Arrays.stream(values())
        .filter(pooling -> pooling.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown pooling '%s'; expected one of %s"
                        .formatted(
                            wireName,
                            Arrays.stream(values())
                                .map(Pooling::wireName)
                                .collect(Collectors.joining(", ")))));
  }
}
