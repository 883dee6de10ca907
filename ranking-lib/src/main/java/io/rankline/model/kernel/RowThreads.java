package io.rankline.model.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * The threads that share the rows of a block. Every thread has a fixed, contiguous part of the
 * rows, so results depend on the number of threads but not on their timing.
 */
public final class RowThreads {

  /** Computes rows {@code from} to {@code to} as worker number {@code worker}. */
  @FunctionalInterface
  public interface Part {
    void compute(int worker, int from, int to);
  }

  /** Output of a worker that takes some 10 microseconds, about what it takes to wake a thread. */
  private static final int LEAST_FLOATS = 8192;

  /** Operations that are done sooner than another thread wakes up. */
  private static final long SMALL = 1 << 17;

  private static volatile int count = Runtime.getRuntime().availableProcessors();

  /** Daemon threads that go away when idle; the caller is one of the workers. */
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "rankline-rows");
            thread.setDaemon(true);
            return thread;
          });

  private RowThreads() {}

  /** How many threads share the rows; the number of processors unless {@link #use} was called. */
  public static int count() {
    return count;
  }

  /**
   * Sets how many threads share the rows from the next block on, for the whole JVM.
   *
   * @throws IllegalArgumentException if threads is below 1
   */
  public static void use(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more, got " + threads);
    }
    count = threads;
  }

  /**
   * How many workers an array is worth: a worker that has next to nothing to do costs more than it
   * brings.
   */
  public static int workers(int rows, int width) {
    long worth = (long) rows * width / LEAST_FLOATS;
    return (int) Math.max(1, Math.min(count, worth));
  }

  /**
   * Runs every task once: whoever is free takes the next. Results must not depend on which worker
   * that is.
   *
   * @param operations of all tasks together, roughly; few are left to the calling thread
   * @param scratch made once by every worker
   * @param task takes the worker's scratch and a number in [0, tasks)
   */
  public static <S> void each(
      int tasks, long operations, Supplier<S> scratch, ObjIntConsumer<S> task) {
    int workers = operations < SMALL ? 1 : Math.min(tasks, count);
    AtomicInteger next = new AtomicInteger();
    run(
        workers,
        workers,
        (worker, from, to) -> {
          S own = scratch.get();
          for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            task.accept(own, i);
          }
        });
  }

  /** Computes all rows, and returns when they are done. */
  public static void run(int workers, int rows, Part part) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(workers - 1);
    for (int w = 1; w < workers; w++) {
      int worker = w;
      POOL.execute(
          () -> {
            try {
              runPart(worker, workers, rows, part);
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            } finally {
              done.countDown();
            }
          });
    }
    try {
      runPart(0, workers, rows, part);
    } finally {
      await(done);
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a part of the rows could not be computed", thrown);
    }
  }

  private static void runPart(int worker, int workers, int rows, Part part) {
    int from = (int) ((long) rows * worker / workers);
    int to = (int) ((long) rows * (worker + 1) / workers);
    if (from < to) {
      part.compute(worker, from, to);
    }
  }

  /** Waits even if interrupted: the other workers write into the caller's arrays. */
  private static void await(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
