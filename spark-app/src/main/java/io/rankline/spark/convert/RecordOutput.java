package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Writes ELWC records. */
public final class RecordOutput {

  private RecordOutput() {}

  /** Writes a TFRecord file a partition. */
  public static void write(SparkSession session, JavaRDD<byte[]> records, Path folder) {
    ShardWriter.Layout layout =
        new ShardWriter.Layout(
            folder.toString(),
            DataFormat.ELWC,
            Splits.none(1),
            records.getNumPartitions(),
            Compression.NONE);
    records
        .mapToPair(record -> new Tuple2<>(new ItemKey("", "", 0, 0), record))
        .foreachPartition(
            new ShardWriter(
                new SerializableConfiguration(session.sessionState().newHadoopConf()),
                layout,
                new Naming("", "", DType.FLOAT32, Set.of(), "%d"),
                new Rejects(session.sparkContext(), CorruptRecordPolicy.FAIL),
                session.sparkContext().longAccumulator("records")));
  }
}
