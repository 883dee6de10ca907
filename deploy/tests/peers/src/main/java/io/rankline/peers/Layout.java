package io.rankline.peers;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Where the rows of a table lie. */
enum Layout {
  /** One partition a worker, each with whole queries, one after the other. */
  GROUPED("whole queries, sorted, a partition a worker"),
  /** Rows of every query in several of eight partitions. */
  SCATTERED("scattered over 8 partitions"),
  /** Rows of every query in several partitions, of which there are as many as workers. */
  SCATTERED_OVER_WORKERS("scattered over a partition a worker");

  private static final int PARTITIONS = 8;

  private final String title;

  Layout(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The table's rows, moved. */
  Dataset<Row> of(Dataset<Row> items, int workers) {
    return switch (this) {
      case GROUPED ->
          items
              .repartitionByRange(workers, functions.col(MadeUpLog.GROUP))
              .sortWithinPartitions(MadeUpLog.GROUP, MadeUpLog.ITEM);
      case SCATTERED -> items.repartition(PARTITIONS);
      case SCATTERED_OVER_WORKERS -> items.repartition(workers);
    };
  }
}
