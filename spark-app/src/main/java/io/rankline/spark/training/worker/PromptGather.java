package io.rankline.spark.training.worker;

import org.apache.spark.BarrierTaskContext;

/**
 * Spark's {@code allGather}, without its pauses. Spark looks for the answer once, sleeps a second,
 * and looks again, so that every stage of a training would idle for a second. An interrupt ends the
 * sleep early: Spark then asks whether the task was killed, and looks for the answer.
 */
final class PromptGather {

  private static final long POLL_MILLIS = 10;

  private PromptGather() {}

  /** What all tasks of a barrier stage said, in the order of their partitions. */
  @SuppressWarnings("try") // it works beside this thread
  static String[] of(BarrierTaskContext context, String message) {
    try (Interrupter waking = new Interrupter("rankline-prompt-gather", POLL_MILLIS, () -> true)) {
      return context.allGather(message);
    } finally {
      // An interrupt of ours that came when nothing slept any more. One of Spark's stays.
      if (Thread.interrupted() && context.isInterrupted()) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
