package io.rankline.spark.training.worker;

import org.apache.spark.BarrierTaskContext;

/**
 * Spark's {@code allGather}, without its pauses. Spark looks for the answer once, sleeps a second,
 * and looks again, so that every stage of a training would idle for a second. An interrupt ends the
 * sleep early: Spark then asks whether the task was killed, and looks for the answer.
 */
final class PromptGather implements AutoCloseable {

  private static final long POLL_MILLIS = 10;

  private final Thread task = Thread.currentThread();
  private boolean over;

  private PromptGather() {
    Thread waker = new Thread(this::wake, "rankline-prompt-gather");
    waker.setDaemon(true);
    waker.start();
  }

  /** What all tasks of a barrier stage said, in the order of their partitions. */
  @SuppressWarnings("try") // it works beside this thread
  static String[] of(BarrierTaskContext context, String message) {
    try (PromptGather waking = new PromptGather()) {
      return context.allGather(message);
    } finally {
      // An interrupt of ours that came when nothing slept any more. One of Spark's stays.
      if (Thread.interrupted() && context.isInterrupted()) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    notifyAll();
  }

  private synchronized void wake() {
    try {
      while (!over) {
        wait(POLL_MILLIS);
        if (!over) {
          task.interrupt();
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }
}
