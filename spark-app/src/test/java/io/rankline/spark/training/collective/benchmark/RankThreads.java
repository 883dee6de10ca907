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

  /** Milliseconds until every rank has done its work. */
  double run(Work work) throws Exception {
    return run(ranks, work);
  }

  /** Milliseconds until that many threads have done their work. */
  double run(int count, Work work) throws Exception {
    long start = System.nanoTime();
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
    return (System.nanoTime() - start) * 1e-6;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
