package io.rankline.spark.training.data;

/** One partition a worker. */
record TrainingDeal(TrainingOrder order) implements Deal {

  @Override
  public int partitions() {
    return order.workers();
  }

  @Override
  public long place(long list) {
    return order.place(list);
  }

  @Override
  public int partition(long place) {
    return order.worker(place);
  }

  @Override
  public int band(long place) {
    return order.band(place);
  }
}
