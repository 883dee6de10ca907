package io.rankline.spark.source.write;

import io.rankline.io.RecordFiles;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.types.StructType;

/** Opens the files of a write on executors. */
public final class ListWriterFactory extends OutputWriterFactory {

  private static final String EXTENSION = ".tfrecord";

  private final WritePlan plan;

  public ListWriterFactory(WritePlan plan) {
    this.plan = plan;
  }

  @Override
  public String getFileExtension(TaskAttemptContext context) {
    return EXTENSION + plan.options().compression().extension();
  }

  @Override
  public OutputWriter newInstance(String path, StructType schema, TaskAttemptContext context) {
    try {
      RecordFiles files = new RecordFiles(context.getConfiguration());
      TfRecordWriter records = new TfRecordWriter(files.create(new Path(path)));
      RecordSink sink = new RecordSink(plan, records);
      return plan.query() == WritePlan.NONE
          ? new ListOutputWriter(path, plan, sink)
          : new ItemOutputWriter(path, plan, schema.fields()[plan.query()].dataType(), sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
