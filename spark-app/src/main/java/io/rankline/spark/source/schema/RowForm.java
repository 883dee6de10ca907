package io.rankline.spark.source.schema;

/** What one row of a DataFrame is. */
public enum RowForm {
  /** One query with all its items. */
  LIST,
  /** One item, the features of its query repeated. */
  FLAT
}
