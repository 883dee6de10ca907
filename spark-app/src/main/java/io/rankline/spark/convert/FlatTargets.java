package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.FeatureValues;

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

  /** Of a list without items no row would be left. */
  static void requireItems(int size) throws CorruptRecordException {
    if (size == 0) {
      throw new CorruptRecordException(
          "the list has no items, so no row could hold it; elwc, eie and seq can");
    }
  }

  /** Readers of rows refuse infinities. */
  static void requireFinite(String name, FeatureValues values) throws CorruptRecordException {
    if (values.dtype() == DType.FLOAT32) {
      for (int v = 0; v < values.count(); v++) {
        if (!Float.isFinite(values.floats()[v])) {
          throw new CorruptRecordException(
              "feature '%s' is %s, which rows cannot hold; elwc, eie, seq and tfexample can"
                  .formatted(name, values.floats()[v]),
              name,
              null);
        }
      }
    }
  }

  /**
   * The only number of a feature, which a float32 holds.
   *
   * @throws CorruptRecordException for anything else
   */
  static float requireFloat(String name, int item, FeatureValues values)
      throws CorruptRecordException {
    DType dtype = values.dtype();
    if (dtype == null || dtype == DType.STRING || values.count() != 1) {
      throw new CorruptRecordException(
          "feature '%s' of item %s must be one number, has %s of %s"
              .formatted(name, item, values.count(), dtype == null ? "nothing" : dtype.wireName()));
    }
    requireFinite(name, values);
    if (dtype == DType.FLOAT32) {
      return values.floats()[0];
    }
    long whole = values.longs()[0];
    float number = (float) whole;
    if ((long) number != whole || whole == Long.MAX_VALUE) {
      throw new CorruptRecordException(
          "feature '%s' of item %s is %s, which no float32 holds, and libsvm has no other numbers"
              .formatted(name, item, whole),
          name,
          null);
    }
    return number;
  }
}
