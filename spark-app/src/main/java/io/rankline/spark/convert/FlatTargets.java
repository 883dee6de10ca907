package io.rankline.spark.convert;

import io.rankline.io.CorruptRecordException;

/** What formats of one row an item ask of a list. */
final class FlatTargets {

  private FlatTargets() {}

  /** Without a query, rows of different lists could not be distinguished. */
  static CorruptRecordException noQuery(Naming naming) {
    return new CorruptRecordException(
        "the list has no context feature '%s' to be its query; --query-column names another,"
                .formatted(naming.query())
            + " --number-queries numbers lists");
  }
}
