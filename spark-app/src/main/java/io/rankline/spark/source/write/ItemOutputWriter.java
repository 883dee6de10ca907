package io.rankline.spark.source.write;

import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Writes rows of one item each, which come query by query, as lists. */
final class ItemOutputWriter extends OutputWriter {

  private final String path;
  private final WritePlan plan;
  private final DataType queryType;
  private final ListAssembler assembler;
  private final RecordSink sink;
  private @Nullable InternalRow first;
  private @Nullable Object query;
  private boolean failed;

  ItemOutputWriter(String path, WritePlan plan, DataType queryType, RecordSink sink) {
    this.path = path;
    this.plan = plan;
    this.queryType = queryType;
    this.assembler = new ListAssembler(plan);
    this.sink = sink;
  }

  @Override
  public void write(InternalRow item) {
    try {
      add(item);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      if (!failed && first != null) {
        sink.write(assembler.build());
      }
    } finally {
      sink.close();
    }
  }

  @Override
  public String path() {
    return path;
  }

  private void add(InternalRow item) {
    if (item.isNullAt(plan.query())) {
      throw new IllegalArgumentException(
          "queryColumn '%s' is null in a row; every item must name its query"
              .formatted(plan.options().queryColumn()));
    }
    InternalRow firstItem = first;
    try {
      if (firstItem == null || !sameValue(item.get(plan.query(), queryType), query)) {
        if (firstItem != null) {
          sink.write(assembler.build());
        }
        first = item.copy();
        query = first.get(plan.query(), queryType);
        assembler.start(first);
      } else {
        requireSameContext(firstItem, item);
      }
      assembler.addItem(item);
    } catch (RowFault e) {
      throw e.at("query '%s'".formatted(text(query)));
    }
  }

  private void requireSameContext(InternalRow firstItem, InternalRow item) {
    for (InputColumn input : assembler.contextInputs()) {
      Object before = firstItem.get(input.ordinal(), input.type());
      Object value = item.get(input.ordinal(), input.type());
      if (!sameValue(before, value)) {
        throw new RowFault(
            "context column '%s' must be the same in all items of a query, got %s and %s"
                .formatted(input.name(), text(before), text(value)));
      }
    }
  }

  /** Spark's binary values are arrays, which are equal only to themselves. */
  private static boolean sameValue(@Nullable Object left, @Nullable Object right) {
    return Objects.deepEquals(left, right);
  }

  private static @Nullable Object text(@Nullable Object value) {
    return value instanceof byte[] bytes ? UTF8String.fromBytes(bytes) : value;
  }
}
