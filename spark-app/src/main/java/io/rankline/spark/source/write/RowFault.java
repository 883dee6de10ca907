package io.rankline.spark.source.write;

/** A value in a row that no record can hold. */
public final class RowFault extends IllegalArgumentException {

  RowFault(String fault) {
    super(fault);
  }

  /** The same fault, thrown at the same place in the code, with its place in the data. */
  RowFault at(String place) {
    RowFault placed = new RowFault(place + ": " + getMessage());
    placed.setStackTrace(getStackTrace());
    return placed;
  }
}
