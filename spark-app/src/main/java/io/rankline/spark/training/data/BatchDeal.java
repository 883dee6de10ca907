package io.rankline.spark.training.data;

/**
 * Batches of neighbours, as a data set is evaluated: a band is a batch, and a partition holds
 * batches that follow each other.
 *
 * @param partitions number of partitions, 1 or more
 * @param batchSize lists of a batch
 * @param lists number of lists
 */
record BatchDeal(int partitions, int batchSize, long lists) implements Deal {

  @Override
  public long place(long list) {
    return list;
  }

  @Override
  public int partition(long place) {
    long batches = (lists + batchSize - 1) / batchSize;
    return (int) (place / batchSize * partitions / batches);
  }

  @Override
  public int band(long place) {
    return Math.toIntExact(place / batchSize);
  }
}
