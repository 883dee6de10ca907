package io.rankline.spark.training.data;

import java.io.Serializable;

/** Which partition of the cluster, and which band there, the lists of a data set go to. */
interface Deal extends Serializable {

  /** Number of partitions. */
  int partitions();

  /** Where a list stands in the order of the deal. */
  long place(long list);

  /** The partition of a place. */
  int partition(long place);

  /** The band of a place; bands of a partition come in ascending order. */
  int band(long place);
}
