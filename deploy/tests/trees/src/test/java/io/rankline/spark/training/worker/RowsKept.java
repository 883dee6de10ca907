package io.rankline.spark.training.worker;

/** What this process keeps for workers of trees; for tests. */
public final class RowsKept {

  private RowsKept() {}

  /** Rows that no task uses. */
  public static int count() {
    return TreeRows.idle();
  }
}
