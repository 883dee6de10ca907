package io.rankline.spark.source;

/** What one row of a DataFrame is. */
enum RowForm {
  /** One query with all its items. */
  LIST,
  /** One item, the features of its query repeated. */
  FLAT
}
