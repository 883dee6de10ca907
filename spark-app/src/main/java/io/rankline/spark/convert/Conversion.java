package io.rankline.spark.convert;

import io.rankline.feature.RecordSpec;
import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.CorruptShare;
import io.rankline.io.record.ElwcContext;
import io.rankline.spark.storage.StagedOutput;
import io.rankline.spark.terminal.SparkProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * One conversion: whatever is read becomes ELWC records, keyed by query and place; whatever is
 * written is made of those.
 *
 * @param shards files of each part, or 0 to choose
 * @param compression name of the compression, or null for the format's own
 * @param spec what to keep, or null for everything
 * @param share how much may be lost where damaged records are skipped
 */
public record Conversion(
    DataInput source,
    DataFormat target,
    String output,
    int shards,
    Splits splits,
    @Nullable String compression,
    Naming naming,
    @Nullable RecordSpec spec,
    boolean numberQueries,
    CorruptRecordPolicy policy,
    CorruptShare share) {

  /**
   * What came of it.
   *
   * @param faults the first few of what was skipped, in words
   */
  public record Outcome(long lists, long bytesRead, long skipped, List<String> faults) {}

  /**
   * A file that goes along with the output.
   *
   * @param name begins with an underscore, so that it is no data
   */
  record Note(String name, String text) {}

  public Outcome run(SparkSession session, boolean overwrite) throws IOException {
    return run(session, overwrite, null);
  }

  Outcome run(SparkSession session, boolean overwrite, @Nullable Note note) throws IOException {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Configuration hadoop = session.sessionState().newHadoopConf();
    ListSource lists = ListSource.open(session, source, naming, spec, policy);
    LongAccumulator written = session.sparkContext().longAccumulator("lists");
    try (StagedOutput staged = StagedOutput.open(hadoop, output, overwrite);
        SparkProgress progress = new SparkProgress(spark)) {
      progress.start();
      boolean dealt = !source.format().holdsLists() || shards > 0 || splits.count() > 1;
      int fileCount = !dealt ? lists.fileCount() : shards > 0 ? shards : lists.shardCount();
      JavaPairRDD<ItemKey, byte[]> records = records(lists, dealt, fileCount);
      FeatureCensus features = target.holdsLists() ? null : surveyed(session, records);
      if (features != null && target.isTable()) {
        if (features.isEmpty()) {
          lists.requireEnough(share);
          throw empty();
        }
        writeTable(session, records, features, staged, lists, written, fileCount);
      } else {
        ShardWriter.Layout layout =
            new ShardWriter.Layout(
                staged.folder().toString(),
                target,
                splits,
                fileCount,
                Compression.ofName(compression == null ? "none" : compression));
        lists.restartCounts();
        records.foreachPartition(
            new ShardWriter(lists.configuration(), layout, naming, lists.rejects(), written));
      }
      if (note != null) {
        try (OutputStream out =
            StagedOutput.create(hadoop, new Path(staged.folder(), note.name()))) {
          out.write(note.text().getBytes(StandardCharsets.UTF_8));
        }
      }
      lists.requireEnough(share);
      lists.requireDropped();
      if (written.isZero()) {
        throw empty();
      }
      staged.commit();
    }
    lists.tellJoined();
    return new Outcome(written.value(), lists.bytes(), lists.skipped(), lists.faults());
  }

  private IOException empty() {
    return new IOException("'%s' holds no list".formatted(source.location()));
  }

  private JavaPairRDD<ItemKey, byte[]> records(ListSource lists, boolean dealt, int fileCount) {
    ShardPartitioner partitioner = new ShardPartitioner(splits, fileCount);
    if (!numberQueries) {
      return lists.keyed(dealt ? partitioner : null, spec);
    }
    JavaPairRDD<ItemKey, byte[]> numbered = numbered(lists.keyed(null, spec));
    return dealt ? numbered.repartitionAndSortWithinPartitions(partitioner) : numbered;
  }

  /** The lists with their number as query. */
  private JavaPairRDD<ItemKey, byte[]> numbered(JavaPairRDD<ItemKey, byte[]> lists) {
    String query = naming.query();
    return lists
        .zipWithIndex()
        .mapToPair(
            numbered -> {
              long number = numbered._2 + 1;
              ItemKey key = numbered._1._1;
              return new Tuple2<>(
                  new ItemKey(String.valueOf(number), key.file(), key.block(), key.index()),
                  ElwcContext.with(numbered._1._2, query, number));
            });
  }

  private FeatureCensus surveyed(SparkSession session, JavaPairRDD<ItemKey, byte[]> records) {
    Survey survey = Survey.of(session.sparkContext(), records);
    survey.require(target, naming);
    return survey.census();
  }

  private void writeTable(
      SparkSession session,
      JavaPairRDD<ItemKey, byte[]> records,
      FeatureCensus features,
      StagedOutput staged,
      ListSource lists,
      LongAccumulator written,
      int fileCount)
      throws IOException {
    TableTarget table = new TableTarget(features, target, naming);
    lists.restartCounts();
    Path folder = staged.folder();
    Dataset<Row> rows =
        session.createDataFrame(
            table.rows(records, splits, fileCount, lists.rejects(), written), table.schema());
    TableOutput.write(
        splits.count() > 1 ? rows : rows.drop(TableTarget.PART),
        target,
        folder,
        splits.count() > 1 ? TableTarget.PART : null,
        compression);
    FileSystem storage = folder.getFileSystem(session.sessionState().newHadoopConf());
    for (String part : splits.count() > 1 ? splits.names() : List.<String>of()) {
      Path made = new Path(folder, TableTarget.PART + "=" + part);
      Path wanted = new Path(folder, part);
      if (!(storage.exists(made) ? storage.rename(made, wanted) : storage.mkdirs(wanted))) {
        throw new IOException("cannot make '%s'".formatted(wanted));
      }
    }
  }
}
