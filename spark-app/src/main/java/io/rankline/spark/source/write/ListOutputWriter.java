package io.rankline.spark.source.write;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;

/** Writes rows of one list each. */
final class ListOutputWriter extends OutputWriter {

  private final String path;
  private final ListAssembler assembler;
  private final RecordSink sink;
  private long row;

  ListOutputWriter(String path, WritePlan plan, RecordSink sink) {
    this.path = path;
    this.assembler = new ListAssembler(plan);
    this.sink = sink;
  }

  @Override
  public void write(InternalRow list) {
    try {
      sink.write(assembler.ofRow(list));
    } catch (RowFault e) {
      throw e.at("row %s of the task".formatted(row));
    }
    row++;
  }

  @Override
  public void close() {
    sink.close();
  }

  @Override
  public String path() {
    return path;
  }
}
