package io.rankline.spark.convert;

import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.record.ElwcRepacker;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.spark.storage.ShardNames;
import io.rankline.spark.storage.TaskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Writes one partition of lists as one file. */
final class ShardWriter implements VoidFunction<Iterator<Tuple2<ItemKey, byte[]>>> {

  private static final long serialVersionUID = 1;

  /**
   * Where files go and how they are called.
   *
   * @param folder of all parts
   * @param shards number of files of each part
   */
  record Layout(
      String folder, DataFormat format, Splits splits, int shards, Compression compression)
      implements Serializable {}

  private final SerializableConfiguration configuration;
  private final Layout layout;
  private final Naming naming;
  private final Rejects rejects;
  private final LongAccumulator lists;

  ShardWriter(
      SerializableConfiguration configuration,
      Layout layout,
      Naming naming,
      Rejects rejects,
      LongAccumulator lists) {
    this.configuration = configuration;
    this.layout = layout;
    this.naming = naming;
    this.rejects = rejects;
    this.lists = lists;
  }

  @Override
  public void call(Iterator<Tuple2<ItemKey, byte[]>> records) throws IOException {
    TaskContext task = TaskContext.get();
    Path file = file(task.partitionId());
    TaskFile.write(configuration.value(), file, out -> write(records, out));
  }

  private void write(Iterator<Tuple2<ItemKey, byte[]>> records, OutputStream out)
      throws IOException {
    switch (layout.format()) {
      case ELWC -> writeLists(records, RecordFormat.ELWC, out);
      case EIE -> writeLists(records, RecordFormat.EIE, out);
      case SEQ -> writeLists(records, RecordFormat.SEQ, out);
      case TFEXAMPLE -> writeExamples(records, out);
      case LIBSVM -> writeLines(records, out);
      case CSV, PARQUET, TABLE ->
          throw new IllegalStateException("no shards of " + layout.format());
    }
  }

  private Path file(int partition) {
    String part = layout.splits().names().get(partition / layout.shards());
    Path folder = part.isEmpty() ? new Path(layout.folder()) : new Path(layout.folder(), part);
    int shard = partition % layout.shards();
    return new Path(
        folder,
        layout.format() == DataFormat.LIBSVM
            ? ShardNames.text(shard, layout.shards(), layout.compression())
            : ShardNames.record(shard, layout.shards(), layout.compression()));
  }

  private void writeLists(
      Iterator<Tuple2<ItemKey, byte[]>> records, RecordFormat format, OutputStream out)
      throws IOException {
    TfRecordWriter writer = new TfRecordWriter(out);
    while (records.hasNext()) {
      Tuple2<ItemKey, byte[]> list = records.next();
      try {
        writer.write(ElwcRepacker.repack(list._2, format));
        lists.add(1);
      } catch (CorruptRecordException fault) {
        rejects.reject(place(list._1), fault);
      }
    }
  }

  private void writeExamples(Iterator<Tuple2<ItemKey, byte[]>> records, OutputStream out)
      throws IOException {
    TfRecordWriter writer = new TfRecordWriter(out);
    RecordWalker walker = new RecordWalker(RecordFormat.ELWC);
    while (records.hasNext()) {
      Tuple2<ItemKey, byte[]> list = records.next();
      WholeItems items = new WholeItems(naming);
      try {
        walker.walk(list._2, 0, list._2.length, items);
        items.requireQuery();
      } catch (CorruptRecordException fault) {
        rejects.reject(place(list._1), fault);
        continue;
      }
      for (ExampleWriter item : items.items) {
        writer.write(item.toByteArray());
      }
      lists.add(1);
    }
  }

  private void writeLines(Iterator<Tuple2<ItemKey, byte[]>> records, OutputStream out)
      throws IOException {
    RecordWalker walker = new RecordWalker(RecordFormat.ELWC);
    LibSvmExamples examples = new LibSvmExamples(naming);
    while (records.hasNext()) {
      Tuple2<ItemKey, byte[]> list = records.next();
      List<LibSvmItem> lines;
      try {
        walker.walk(list._2, 0, list._2.length, examples);
        lines = examples.lines();
      } catch (CorruptRecordException fault) {
        rejects.reject(place(list._1), fault);
        continue;
      }
      StringBuilder text = new StringBuilder();
      for (LibSvmItem line : lines) {
        text.append(line.format()).append('\n');
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      lists.add(1);
    }
  }

  /** Names a list for people: where it stood, or its query where it stood in many places. */
  static String place(ItemKey key) {
    return "%s: list %s".formatted(key.file(), key.index());
  }

  /** Items with the features of their context. */
  private static final class WholeItems implements RecordWalker.Visitor {
    private final Naming naming;
    private final ExampleWriter context = new ExampleWriter();
    private final List<ExampleWriter> items = new ArrayList<>();
    private int begun;
    private boolean query;

    WholeItems(Naming naming) {
      this.naming = naming;
    }

    void requireQuery() throws CorruptRecordException {
      if (!query) {
        throw FlatTargets.noQuery(naming);
      }
      FlatTargets.requireItems(items.size());
      begin(items.size());
    }

    @Override
    public void startList(int size) {
      for (int i = 0; i < size; i++) {
        items.add(new ExampleWriter());
      }
    }

    @Override
    public void feature(int item, String name, FeatureValues values) {
      if (item == RecordWalker.CONTEXT) {
        query |= name.equals(naming.query()) && ElwcTranscoder.queryText(values) != null;
        context.copy(name, values);
      } else {
        // The context comes first in the item, so that the item's own features win.
        begin(item + 1);
        items.get(item).copy(name, values);
      }
    }

    private void begin(int upTo) {
      while (begun < upTo) {
        items.get(begun++).addAll(context);
      }
    }
  }
}
