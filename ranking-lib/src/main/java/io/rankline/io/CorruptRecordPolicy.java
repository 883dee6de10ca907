package io.rankline.io;

import io.rankline.text.WireNames;

/** What happens to a record that cannot be read: {@code on_corrupt_record}. */
public enum CorruptRecordPolicy {
  /** The first one ends the job with its place and fault. */
  FAIL("fail"),
  /** It is counted and logged, and reading continues behind it. */
  SKIP("skip");

  private final String wireName;

  CorruptRecordPolicy(String wireName) {
    this.wireName = wireName;
  }

  /** The name in options: {@code fail} or {@code skip}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The policy of that name.
   *
   * @throws IllegalArgumentException for another name than {@code fail} and {@code skip}
   */
  public static CorruptRecordPolicy ofWireName(String wireName) {
    return WireNames.find(
        CorruptRecordPolicy.class,
        CorruptRecordPolicy::wireName,
        wireName,
        known -> "on_corrupt_record must be fail or skip, got '%s'".formatted(wireName));
  }
}
