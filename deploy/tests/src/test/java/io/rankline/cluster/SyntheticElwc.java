package io.rankline.cluster;

import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A small made-up log of 136 features as ELWC files, on any storage. */
final class SyntheticElwc {

  private static final SyntheticLog LOG = new SyntheticLog(7, 20);

  private SyntheticElwc() {}

  /** Writes {@code train} (48 lists in 4 files) and {@code valid} (16 lists in 2). */
  static void write(FileSystem storage, Path folder) throws IOException {
    write(storage, new Path(folder, "train"), 0, 4, 12);
    write(storage, new Path(folder, "valid"), 48, 2, 8);
  }

  /** The query of a list, as its record has it. */
  static long query(long number) {
    return LOG.list(number).qid();
  }

  /** The records of some lists. */
  static List<byte[]> records(long from, long to) {
    List<byte[]> records = new ArrayList<>();
    for (long number = from; number < to; number++) {
      records.add(record(LOG.list(number)));
    }
    return records;
  }

  private static void write(FileSystem storage, Path folder, long first, int files, int listsOfFile)
      throws IOException {
    for (int file = 0; file < files; file++) {
      long from = first + (long) file * listsOfFile;
      Path path = new Path(folder, "part-%05d.tfrecord".formatted(file));
      try (TfRecordWriter writer = new TfRecordWriter(storage.create(path))) {
        for (byte[] record : records(from, from + listsOfFile)) {
          writer.write(record);
        }
      }
    }
  }

  private static byte[] record(SyntheticList list) {
    ElwcAssembler record = new ElwcAssembler();
    ExampleWriter item = new ExampleWriter();
    for (int i = 0; i < list.size(); i++) {
      item.clear();
      for (int f = 0; f < SyntheticLog.FEATURES; f++) {
        item.floats(
            "custom_features_" + (f + 1), list.features(), i * SyntheticLog.FEATURES + f, 1);
      }
      item.longs("utility", list.labels(), i, 1);
      record.add(item);
    }
    ExampleWriter context = new ExampleWriter();
    context.longs("qid", new long[] {list.qid()}, 0, 1);
    return record.build(context);
  }
}
