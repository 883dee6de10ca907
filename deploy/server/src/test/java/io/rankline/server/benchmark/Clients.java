package io.rankline.server.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** Threads that do one thing again and again. */
final class Clients {

  private Clients() {}

  /** One thing done again and again. */
  @FunctionalInterface
  interface Work {

    /** Whether it went well. */
    boolean once(int i) throws IOException;
  }

  /** How often a second it goes well on so many threads, each with a work of its own. */
  static double rate(int threads, double seconds, Callable<Work> works) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    LongAdder done = new LongAdder();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      running.add(
          pool.submit(
              () -> {
                Work work = works.call();
                for (int i = 0; System.nanoTime() < end; i++) {
                  if (work.once(i)) {
                    done.increment();
                  }
                }
                return null;
              }));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    pool.shutdown();
    return done.sum() * 1e9 / (System.nanoTime() - begin);
  }

  /** The value below which a share of them lies. */
  static double quantile(List<? extends Number> values, double share) {
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
