package io.rankline.model.layer;

import io.rankline.model.kernel.RowThreads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Spreads tasks over as many threads as a model may use: whoever is free takes the next. */
final class Workers {

  /** Operations that are done sooner than another thread wakes up. */
  private static final long SMALL = 1 << 17;

  private Workers() {}

  /**
   * Runs every task once.
   *
   * @param operations of all tasks together, roughly; few are left to the calling thread
   * @param scratch made once by every worker
   * @param task takes the worker's scratch and a number in [0, tasks)
   */
  static <S> void run(int tasks, long operations, Supplier<S> scratch, ObjIntConsumer<S> task) {
    int workers = Math.min(tasks, RowThreads.count());
    if (operations < SMALL || workers == 1) {
      S own = scratch.get();
      for (int i = 0; i < tasks; i++) {
        task.accept(own, i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              S own = scratch.get();
              for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                task.accept(own, i);
              }
            });
  }
}
