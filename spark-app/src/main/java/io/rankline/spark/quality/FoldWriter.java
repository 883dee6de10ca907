package io.rankline.spark.quality;

import io.rankline.io.DatasetReader;
import io.rankline.io.Folder;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.libsvm.LibSvmReader;
import io.rankline.io.record.QueryName;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.spark.convert.Splits;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Deals records or lines: a file of each fold for each file of the data, in its order. */
final class FoldWriter {

  private final Folder folder;
  private final FoldFiles.Source source;
  private final Storage storage = Storage.ofClassPath();
  private final Splits splits;
  private final int[] queries;

  FoldWriter(Folder folder, FoldFiles.Source source) {
    this.folder = folder;
    this.source = source;
    this.splits = Splits.none(source.seed());
    this.queries = new int[source.folds()];
  }

  /** Writes all, and returns the number of queries of each fold. */
  int[] write() throws IOException {
    boolean libSvm = source.data().datasetReader() == DatasetReader.LIBSVM;
    List<Shard> files = storage.shards(source.pattern());
    source.data().libSvmLayout().requireFor(source.pattern(), files.size());
    Set<Long> known = new HashSet<>();
    long counted = 0;
    for (int f = 0; f < files.size(); f++) {
      String name = String.format(Locale.ROOT, "%05d.%s", f, libSvm ? "txt" : "tfrecord");
      try (Outputs outputs = new Outputs(name)) {
        if (!libSvm) {
          records(files.get(f), outputs);
        } else if (source.data().queryFile() != null) {
          counted += countedLines(files.get(f), counted + 1, outputs);
        } else {
          if (source.data().queriesAcrossFiles() != QueriesAcrossFiles.JOIN) {
            known.clear();
          }
          lines(files.get(f), known, outputs);
        }
      }
    }
    return queries;
  }

  private int foldOf(String query) {
    return splits.shardOf(query, source.folds());
  }

  private void records(Shard file, Outputs outputs) throws IOException {
    DatasetHparams data = source.data();
    String feature = source.queryFeature();
    QueryName query = feature == null ? null : new QueryName(data.format(), feature);
    List<TfRecordWriter> writers = outputs.all.stream().map(TfRecordWriter::new).toList();
    try (TfRecordReader records =
        new TfRecordReader(storage.open(file), file.path(), data.onCorruptRecord())) {
      while (records.advance()) {
        byte[] record = records.copy();
        String name =
            query == null ? new String(record, StandardCharsets.ISO_8859_1) : query.of(records);
        if (name == null) {
          throw new IOException(
              "%s: record %s has no feature '%s' of one value in its context, which tells queries apart"
                  .formatted(file.path(), records.recordNumber(), feature));
        }
        int fold = foldOf(name);
        queries[fold]++;
        writers.get(fold).write(record);
      }
    }
    for (TfRecordWriter writer : writers) {
      writer.flush();
    }
  }

  private void lines(Shard file, Set<Long> known, Outputs outputs) throws IOException {
    try (LibSvmReader lines = reader(file)) {
      for (LibSvmItem item = lines.next(); item != null; item = lines.next()) {
        int fold = foldOf(Long.toString(item.qid()));
        queries[fold] += known.add(item.qid()) ? 1 : 0;
        outputs.line(fold, lines.line());
      }
    }
  }

  /** Gives each line the query that is counted elsewhere, and returns the number of queries. */
  private int countedLines(Shard file, long first, Outputs outputs) throws IOException {
    Set<Long> known = new HashSet<>();
    try (LibSvmReader lines = reader(file).numberingFrom(first)) {
      for (LibSvmItem item = lines.next(); item != null; item = lines.next()) {
        int fold = foldOf(Long.toString(item.qid()));
        queries[fold] += known.add(item.qid()) ? 1 : 0;
        String[] label = lines.line().strip().split("\\s+", 2);
        outputs.line(
            fold,
            "%s qid:%s %s".formatted(label[0], item.qid(), label.length == 1 ? "" : label[1]));
      }
    }
    return known.size();
  }

  private LibSvmReader reader(Shard file) throws IOException {
    return LibSvmReader.open(
        storage,
        file.path(),
        source.data().libSvmLayout(),
        source.data().onCorruptRecord(),
        fault -> {});
  }

  /** A file in the folder of each fold. */
  private final class Outputs implements Closeable {

    private final List<OutputStream> all = new ArrayList<>();

    Outputs(String name) throws IOException {
      for (int fold = 0; fold < source.folds(); fold++) {
        Folder own = folder.folder(FoldFiles.foldName(fold));
        own.create();
        all.add(new BufferedOutputStream(own.stream(name), 1 << 16));
      }
    }

    void line(int fold, String line) throws IOException {
      all.get(fold).write(line.getBytes(StandardCharsets.ISO_8859_1));
      all.get(fold).write('\n');
    }

    @Override
    public void close() throws IOException {
      for (OutputStream each : all) {
        each.close();
      }
    }
  }
}
