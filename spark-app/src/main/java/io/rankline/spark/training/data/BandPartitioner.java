package io.rankline.spark.training.data;

import org.apache.spark.Partitioner;
import org.jspecify.annotations.Nullable;

/** Sends a band to the partition that its key names. */
final class BandPartitioner extends Partitioner {

  private static final long serialVersionUID = 1;

  private final int partitions;

  BandPartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return ((BandKey) key).partition();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BandPartitioner that && that.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
