package io.rankline.spark.training.collective.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread for each rank, and as many more as a way of summing wants. */
record RankThreads(int ranks, ExecutorService pool) implements AutoCloseable {

  /** What a rank does. */
  @FunctionalInterface
  interface Work {
    void of(int rank) throws Exception;
  }

  RankThreads(int ranks) {
    this(ranks, Executors.newCachedThreadPool());
  }

  /** Returns when every rank has done its work. */
  void run(Work work) throws Exception {
    run(ranks, work);
  }

  /** Returns when that many threads have done their work. */
  void run(int count, Work work) throws Exception {
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int rank = i;
      ends.add(
          pool.submit(
              () -> {
                work.of(rank);
                return null;
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
