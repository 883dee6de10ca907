package io.rankline.spark.table;

import java.util.Iterator;
import org.apache.spark.sql.Row;

/** Rows that are checked to have come to their partition. */
final class PlacedRows implements Iterator<Row> {

  private final Iterator<? extends Row> rows;
  private final int place;
  private final int partition;
  private final int partitions;

  PlacedRows(Iterator<? extends Row> rows, int place, int partition, int partitions) {
    this.rows = rows;
    this.place = place;
    this.partition = partition;
    this.partitions = partitions;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Row next() {
    Row row = rows.next();
    if (TableLists.bucket(row.getInt(place), partitions) != partition) {
      throw new IllegalStateException(
          "a row of place %s came to partition %s of %s; this release of Spark places rows in another way"
              .formatted(row.getInt(place), partition, partitions));
    }
    return row;
  }
}
