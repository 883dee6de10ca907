package io.rankline.server.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few threads that score, and the requests that wait for them. */
public final class WorkQueue {

  private final ThreadPoolExecutor workers;

  WorkQueue(int threads, int mostQueued) {
    AtomicInteger number = new AtomicInteger();
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostQueued),
            task -> {
              Thread thread = new Thread(task, "scorer-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    workers.prestartAllCoreThreads();
  }

  /** Whether there is room for the task; it is run then. */
  public boolean offer(Runnable task) {
    try {
      workers.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Whether a thread has nothing to do. */
  boolean hasIdleThread() {
    return workers.getActiveCount() < workers.getCorePoolSize();
  }

  int waiting() {
    return workers.getQueue().size();
  }

  /** Ends when what waits has been done, or the time is over. */
  void stop(Duration timeout) {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
