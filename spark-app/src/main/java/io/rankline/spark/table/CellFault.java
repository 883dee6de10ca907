package io.rankline.spark.table;

/** A cell that no list can hold. The message has the column; whoever knows the row adds it. */
public final class CellFault extends Exception {

  private static final long serialVersionUID = 1;

  private final int item;

  private CellFault(String fault, int item) {
    super(fault, null, false, false);
    this.item = item;
  }

  /**
   * A fault.
   *
   * @param what is wrong, as in "is NaN"
   */
  CellFault(TableColumn column, String what) {
    this("column '%s' %s".formatted(column.name(), what), 0);
  }

  /** The fault of a row without a query. */
  public static CellFault noGroup(String column) {
    return new CellFault("column '%s', the group, is null".formatted(column), 0);
  }

  /** The same fault, of the item of that number. */
  CellFault of(int number) {
    return new CellFault(String.valueOf(getMessage()), number);
  }

  /** Number of the item at fault, from 0. */
  int item() {
    return item;
  }
}
