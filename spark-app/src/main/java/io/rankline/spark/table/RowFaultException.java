package io.rankline.spark.table;

import java.io.IOException;

/** A row that no list can hold. The message has column, query and row. */
public final class RowFaultException extends IOException {

  private static final long serialVersionUID = 1;

  private final int item;

  RowFaultException(String fault, int item) {
    super(fault);
    this.item = item;
  }

  /** Which of the rows of the list is at fault, from 0. */
  public int item() {
    return item;
  }
}
