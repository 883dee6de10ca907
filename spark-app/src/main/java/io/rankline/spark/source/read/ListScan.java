package io.rankline.spark.source.read;

import io.rankline.data.ListSize;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptShare;
import io.rankline.io.RecordFiles;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.spark.source.schema.RecordFeatures;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.source.schema.SourceColumn;
import io.rankline.spark.source.schema.SourceOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * Opens one file for a scan of some columns; travels to executors.
 *
 * <p>The decoder is made for the columns asked for and knows no others. Where none is asked for, as
 * by {@code count()}, records are framed and checksummed but not decoded. A SequenceExample says
 * the size of its list nowhere but in its features, so there all are decoded.
 */
public final class ListScan extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {

  private final SourceOptions options;
  private final List<SourceColumn> allColumns;
  private final List<SourceColumn> columns;
  private final StructType partitionSchema;
  private final StructType rowSchema;
  private final Broadcast<SerializableConfiguration> configuration;
  private final LongAccumulator skipped;

  /**
   * A scan.
   *
   * @param allColumns every column that the files have
   * @param columns those asked for, in the order of {@code rowSchema}
   * @param partitionSchema columns whose values come from the path
   */
  public ListScan(
      SourceOptions options,
      List<SourceColumn> allColumns,
      List<SourceColumn> columns,
      StructType rowSchema,
      StructType partitionSchema,
      Broadcast<SerializableConfiguration> configuration,
      LongAccumulator skipped) {
    this.options = options;
    this.allColumns = List.copyOf(allColumns);
    this.columns = List.copyOf(columns);
    this.rowSchema = rowSchema;
    this.partitionSchema = partitionSchema;
    this.configuration = configuration;
    this.skipped = skipped;
  }

  @Override
  public Iterator<InternalRow> apply(PartitionedFile file) {
    Path path = file.toPath();
    SkipLog skips =
        new SkipLog(
            path.toString(), file.fileSize(), new CorruptShare(options.maxCorruptShare()), skipped);
    RowIterator rows = iterator(open(path, skips), path, skips);
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener(
          new org.apache.spark.util.TaskCompletionListener() {
            @Override
            public void onTaskCompletion(TaskContext context) {
              rows.close();
            }
          });
    }
    return PartitionValues.append(rows, rowSchema, partitionSchema, file.partitionValues());
  }

  private TfRecordReader open(Path path, SkipLog skips) {
    try {
      return new TfRecordReader(
          new RecordFiles(configuration.value().value()).open(path),
          path.toString(),
          options.onCorruptRecord(),
          skips);
    } catch (FileNotFoundException e) {
      throw RowIterator.unchecked(e); // which Spark knows what to say about
    } catch (IOException e) {
      throw RowIterator.unchecked(
          new IOException("%s: cannot be opened: %s".formatted(path, e.getMessage()), e));
    }
  }

  private RowIterator iterator(TfRecordReader records, Path path, SkipLog skips) {
    if (columns.isEmpty() && options.form() == RowForm.LIST) {
      return new CountingRows(records, skips);
    }
    RecordSpec spec = RecordFeatures.decodedSpec(decodedColumns());
    RowWriter writer = new RowWriter(columns, spec.layout(), options.form(), options.listSize());
    RecordDecoder decoder =
        CountCheckingDecoder.around(
            options.recordFormat().decoder(spec, decodedItems()), decodedColumns());
    return new DecodedRows(
        records, ShufflingDecoder.around(decoder, options, path), writer, path, options, skips);
  }

  private List<SourceColumn> decodedColumns() {
    if (options.recordFormat() != RecordFormat.SEQ) {
      return columns;
    }
    List<SourceColumn> decoded = new ArrayList<>(columns);
    for (SourceColumn column : allColumns) {
      if (column.isOfItems() && !decoded.contains(column)) {
        decoded.add(column);
      }
    }
    return decoded;
  }

  /** A shuffle must see all items before the list is cut. */
  private ListSize decodedItems() {
    return options.shuffleExamples() ? ListSize.ALL : options.listSize();
  }
}
