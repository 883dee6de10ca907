package io.rankline.spark.source.schema;

import io.rankline.text.WireNames;

/** What a column of a DataFrame is to the lists it holds. */
public enum ColumnRole {
  /** A feature of the query. */
  CONTEXT("context"),
  /** A feature of the items: an array of them, or in the flat form one value. */
  EXAMPLE("example"),
  /** All dense context features in one array. */
  CONTEXT_FEATURES("context_features"),
  /** All dense example features in one array an item. */
  FEATURES("features"),
  /** Which positions hold an item. */
  MASK("mask"),
  /** Number of items before truncation. */
  SIZE("size"),
  /** A name for the query that was made up from path and record number. */
  GENERATED_QUERY("generated_query");

  private final String wireName;

  ColumnRole(String wireName) {
    this.wireName = wireName;
  }

  /** The name in column metadata. */
  String wireName() {
    return wireName;
  }

  static ColumnRole ofWireName(String wireName) {
    return WireNames.find(
        ColumnRole.class,
        ColumnRole::wireName,
        wireName,
        known -> "unknown role '%s' of a column".formatted(wireName));
  }
}
