package io.rankline.io;

import io.rankline.text.WireNames;

/**
 * What becomes of a query whose items stand in several files, where an item is a line or a row:
 * {@code queries_across_files}.
 */
public enum QueriesAcrossFiles {
  /** They are one list: items in the order of files, then lines. */
  JOIN("join"),
  /** They are one list a file: files number their queries each for itself. */
  APART("apart");

  private final String wireName;

  QueriesAcrossFiles(String wireName) {
    this.wireName = wireName;
  }

  /** The name in options: {@code join} or {@code apart}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The rule of that name.
   *
   * @throws IllegalArgumentException for another name than {@code join} and {@code apart}
   */
  public static QueriesAcrossFiles ofWireName(String wireName) {
    return WireNames.find(
        QueriesAcrossFiles.class,
        QueriesAcrossFiles::wireName,
        wireName,
        known -> "queries_across_files must be join or apart, got '%s'".formatted(wireName));
  }
}
