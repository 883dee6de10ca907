package io.rankline.spark.training.stage;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/**
 * Executors that were lost, in few words: one that cannot start is replaced by the next that
 * cannot, every few seconds.
 */
final class LostExecutors extends SparkListener {

  private int count;
  private String first = "";
  private String last = "";

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    last = "executor %s (%s)".formatted(event.executorId(), StageFaults.firstLine(event.reason()));
    if (count++ == 0) {
      first = last;
    }
  }

  /** Who and why; empty if none was lost. */
  synchronized String words() {
    return switch (count) {
      case 0 -> "";
      case 1 -> "lost " + first;
      case 2 -> "lost %s, %s".formatted(first, last);
      default -> "lost %s executors, at last %s".formatted(count, last);
    };
  }
}
