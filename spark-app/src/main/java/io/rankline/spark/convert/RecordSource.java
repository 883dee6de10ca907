package io.rankline.spark.convert;

import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.io.libsvm.LibSvmReader;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Reads files that are no tables: a file is the work of one task, read as a stream. */
final class RecordSource implements Serializable {

  private static final long serialVersionUID = 1;

  private final SerializableConfiguration configuration;
  private final Naming naming;
  private final Rejects rejects;
  private final LeftOut leftOut;

  /**
   * A source.
   *
   * @param leftOut features that are not read
   */
  RecordSource(
      SerializableConfiguration configuration,
      Naming naming,
      Set<String> leftOut,
      Rejects rejects) {
    this.configuration = configuration;
    this.naming = naming;
    this.rejects = rejects;
    this.leftOut = new LeftOut(Set.copyOf(leftOut), rejects);
  }

  /** Lists as ELWC, one partition a file. */
  JavaPairRDD<ItemKey, byte[]> lists(
      JavaSparkContext spark, List<String> files, RecordFormat format, @Nullable RecordSpec spec) {
    return spark
        .parallelize(files, files.size())
        .mapPartitionsToPair(
            paths -> {
              String path = paths.next();
              return new ListReading(
                  path,
                  open(path),
                  new ElwcTranscoder(format, spec, naming.query(), leftOut),
                  rejects);
            });
  }

  /**
   * Items of LibSVM files.
   *
   * @param layout how they number features and name queries
   * @param firstQueries number of each file's first query, where those are counted
   * @param comment the feature that comments become, or null to drop them
   */
  JavaPairRDD<ItemKey, FlatItem> libSvm(
      JavaSparkContext spark,
      List<String> files,
      LibSvmLayout layout,
      List<Long> firstQueries,
      @Nullable String comment) {
    List<Tuple2<String, Long>> numbered = new ArrayList<>();
    for (int file = 0; file < files.size(); file++) {
      numbered.add(new Tuple2<>(files.get(file), firstQueries.get(file)));
    }
    return spark
        .parallelize(numbered, files.size())
        .mapPartitionsToPair(
            paths -> {
              Tuple2<String, Long> file = paths.next();
              String path = file._1;
              LibSvmReader lines =
                  LibSvmReader.open(
                          Storage.of(configuration.value()),
                          path,
                          layout,
                          rejects.policy(),
                          rejects::skip)
                      .numberingFrom(file._2);
              return new LibSvmReading(
                  path, lines, new LibSvmExamples(naming, comment, leftOut), rejects);
            });
  }

  /** Items of tf.Example files. */
  JavaPairRDD<ItemKey, FlatItem> examples(JavaSparkContext spark, List<String> files) {
    return spark
        .parallelize(files, files.size())
        .mapPartitionsToPair(
            paths -> {
              String path = paths.next();
              return new ExampleReading(
                  path, open(path), new ExampleParts(naming, leftOut), rejects);
            });
  }

  private TfRecordReader open(String path) throws IOException {
    return new TfRecordReader(
        new RecordFiles(configuration.value()).open(new Path(path)),
        path,
        rejects.policy(),
        rejects::skip);
  }

  private static final class ListReading extends FileReading<Tuple2<ItemKey, byte[]>> {
    private final String path;
    private final TfRecordReader records;
    private final ElwcTranscoder transcoder;
    private final Rejects rejects;
    private long index;

    ListReading(String path, TfRecordReader records, ElwcTranscoder transcoder, Rejects rejects) {
      super(records);
      this.rejects = rejects;
      this.path = path;
      this.records = records;
      this.transcoder = transcoder;
    }

    @Override
    @Nullable Tuple2<ItemKey, byte[]> read() throws IOException {
      while (records.advance()) {
        rejects.see();
        try {
          byte[] elwc = transcoder.transcode(records.buffer(), records.offset(), records.length());
          String query = transcoder.query();
          String key = query == null ? new Path(path).getName() + "#" + index : query;
          return new Tuple2<>(new ItemKey(key, path, 0, index++), elwc);
        } catch (CorruptRecordException fault) {
          records.reject(fault);
        }
      }
      return null;
    }
  }

  private static final class LibSvmReading extends FileReading<Tuple2<ItemKey, FlatItem>> {
    private final String path;
    private final LibSvmReader lines;
    private final LibSvmExamples examples;
    private final Rejects rejects;
    private long index;

    LibSvmReading(String path, LibSvmReader lines, LibSvmExamples examples, Rejects rejects) {
      super(lines);
      this.path = path;
      this.lines = lines;
      this.examples = examples;
      this.rejects = rejects;
    }

    @Override
    @Nullable Tuple2<ItemKey, FlatItem> read() throws IOException {
      LibSvmItem item;
      while ((item = lines.next()) != null) {
        rejects.see();
        ItemKey key = new ItemKey(String.valueOf(item.qid()), path, 0, index++);
        try {
          return new Tuple2<>(key, examples.item(item, lines.comment()));
        } catch (CorruptRecordException fault) {
          rejects.reject("%s: item %s of query %s".formatted(path, index, item.qid()), fault);
        }
      }
      return null;
    }
  }

  private static final class ExampleReading extends FileReading<Tuple2<ItemKey, FlatItem>> {
    private final String path;
    private final TfRecordReader records;
    private final ExampleParts parts;
    private final RecordWalker walker = new RecordWalker(RecordFormat.TF_EXAMPLE);
    private final Rejects rejects;
    private long index;

    ExampleReading(String path, TfRecordReader records, ExampleParts parts, Rejects rejects) {
      super(records);
      this.rejects = rejects;
      this.path = path;
      this.records = records;
      this.parts = parts;
    }

    @Override
    @Nullable Tuple2<ItemKey, FlatItem> read() throws IOException {
      while (records.advance()) {
        rejects.see();
        try {
          walker.walk(records.buffer(), records.offset(), records.length(), parts);
          return new Tuple2<>(new ItemKey(parts.query(), path, 0, index++), parts.item());
        } catch (CorruptRecordException fault) {
          records.reject(fault);
        }
      }
      return null;
    }
  }
}
