package io.rankline.spark.convert;

import java.util.Objects;
import org.apache.spark.Partitioner;

/** One partition for each file to be written: shards of the first part, then of the next. */
final class ShardPartitioner extends Partitioner {

  private static final long serialVersionUID = 1;

  private final Splits splits;
  private final int shards;

  ShardPartitioner(Splits splits, int shards) {
    this.splits = splits;
    this.shards = shards;
  }

  @Override
  public int numPartitions() {
    return splits.count() * shards;
  }

  @Override
  public int getPartition(Object key) {
    String query = ((ItemKey) key).query();
    return splits.partOf(query) * shards + splits.shardOf(query, shards);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardPartitioner that
        && that.shards == shards
        && that.splits.equals(splits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(splits, shards);
  }
}
