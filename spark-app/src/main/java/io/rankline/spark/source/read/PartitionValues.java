package io.rankline.spark.source.read;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeRowJoiner;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowJoiner;
import org.apache.spark.sql.types.StructType;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/** Adds to every row of a file the values that its path says, as in {@code .../day=2026-11-22/}. */
final class PartitionValues {

  private PartitionValues() {}

  /**
   * The rows with those values behind their columns.
   *
   * @throws IllegalStateException for a file that lies in no partition folder; Spark's {@code
   *     saveAsTable} makes such tables, because it tells a source that writes through {@code
   *     SourceWrite} no partition columns
   */
  @SuppressWarnings("unchecked") // a row that is unsafe is a row
  static Iterator<InternalRow> append(
      RowIterator rows, StructType rowSchema, StructType partitionSchema, InternalRow values) {
    if (partitionSchema.isEmpty()) {
      return (Iterator<InternalRow>) (Iterator<?>) rows;
    }
    if (values.numFields() != partitionSchema.length()) {
      rows.close();
      throw new IllegalStateException(
          "the file lies in no partition folder, but the table has partition columns %s; write with save(path), then CREATE TABLE ... LOCATION path"
              .formatted(String.join(", ", partitionSchema.fieldNames())));
    }
    UnsafeRow fixed = UnsafeProjection.create(partitionSchema).apply(values).copy();
    UnsafeRowJoiner joiner = GenerateUnsafeRowJoiner.create(rowSchema, partitionSchema);
    return new AbstractIterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return joiner.join(rows.next(), fixed);
      }
    };
  }
}
