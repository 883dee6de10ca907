package io.rankline.spark.training.worker;

import org.apache.spark.TaskContext;

/**
 * Interrupts the thread of a task that Spark has ended. Spark itself only notes that the tasks of a
 * failed barrier stage are to end, and a worker that waits for one that is gone would hold its slot
 * until its patience is at an end.
 */
final class KillWatch implements AutoCloseable {

  private static final long POLL_MILLIS = 100;

  private final TaskContext context;
  private final Thread worker;
  private final Thread watch;
  private boolean over;

  /** Watches over the task of this thread until it is closed. */
  KillWatch(TaskContext context) {
    this.context = context;
    this.worker = Thread.currentThread();
    this.watch = new Thread(this::look, "rankline-kill-watch");
    watch.setDaemon(true);
    watch.start();
  }

  @Override
  public void close() {
    synchronized (this) {
      over = true;
      notifyAll();
    }
  }

  private synchronized void look() {
    while (!over) {
      if (context.isInterrupted()) {
        // Again and again: a thread that is interrupted may not pass it on.
        worker.interrupt();
      }
      try {
        wait(POLL_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
