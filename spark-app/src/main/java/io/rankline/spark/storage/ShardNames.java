package io.rankline.spark.storage;

import io.rankline.io.Compression;
import java.util.Locale;

/** Names of the files of a data set: sorted by name they are in order. */
public final class ShardNames {

  private ShardNames() {}

  /** A TFRecord file, {@code part-00002-of-00010.tfrecord.gz}. */
  public static String record(int shard, int shards, Compression compression) {
    return named(shard, shards, ".tfrecord", compression);
  }

  /** A LibSVM file, {@code part-00002-of-00010.txt.gz}. */
  public static String text(int shard, int shards, Compression compression) {
    return named(shard, shards, ".txt", compression);
  }

  private static String named(int shard, int shards, String ending, Compression compression) {
    return String.format(
        Locale.ROOT, "part-%05d-of-%05d%s%s", shard, shards, ending, compression.extension());
  }
}
