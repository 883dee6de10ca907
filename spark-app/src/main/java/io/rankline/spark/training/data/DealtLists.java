package io.rankline.spark.training.data;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Lists that are kept on the executors.
 *
 * @param bands in ascending order in each partition
 * @param sizes number of lists and of items of each partition
 * @param skipped number of damaged records that were left out
 */
public record DealtLists(JavaRDD<Band> bands, List<long[]> sizes, long skipped)
    implements AutoCloseable {

  /** Number of lists. */
  public long lists() {
    return sizes.stream().mapToLong(size -> size[0]).sum();
  }

  /** Number of items. */
  public long items() {
    return sizes.stream().mapToLong(size -> size[1]).sum();
  }

  /** Items of the largest partition by the mean; 1 where all have the same. */
  public double imbalance() {
    long most = sizes.stream().mapToLong(size -> size[1]).max().orElse(0);
    return items() == 0 ? 1 : (double) most * sizes.size() / items();
  }

  /** Gives their memory back. */
  @Override
  public void close() {
    bands.unpersist();
  }
}
