package io.rankline.spark.training;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Looks on while workers train, and does something in the middle of their steps. */
final class TrainingWatch extends SparkListener {

  /** Workers have found each other after this and are in their steps. */
  private static final Executor IN_MID_EPOCH =
      CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS);

  private final int workers;
  private final int epoch;
  private final Fault fault;
  private final Map<Integer, Integer> started = new HashMap<>();
  private int attempts;
  private boolean struck;
  private long struckAt;
  private long backAt;

  /** What happens to the training; told of the executor that worker 1 runs on. */
  @FunctionalInterface
  interface Fault {
    void strike(String executor) throws Exception;
  }

  /**
   * A watch.
   *
   * @param epoch in which the fault strikes, from 1
   */
  TrainingWatch(int workers, int epoch, Fault fault) {
    this.workers = workers;
    this.epoch = epoch;
    this.fault = fault;
  }

  /** How often workers began. */
  synchronized int attempts() {
    return attempts;
  }

  /** From the fault until all workers ran again. */
  synchronized Duration recovery() {
    return Duration.ofNanos(backAt - struckAt);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    String job = event.properties().getProperty("spark.job.description", "");
    // Stages that make lists anew belong to the job as well; that of the workers is the last one.
    if (job.startsWith("train steps") && event.stageInfo().name().contains("BarrierStage")) {
      attempts++;
      started.put(event.stageInfo().stageId(), 0);
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    Integer before = started.get(event.stageId());
    if (before == null) {
      return;
    }
    started.put(event.stageId(), before + 1);
    if (before + 1 < workers) {
      return;
    }
    if (struck && backAt == 0) {
      backAt = System.nanoTime();
    }
    if (!struck && attempts == epoch) {
      struck = true;
      String executor = event.taskInfo().executorId();
      IN_MID_EPOCH.execute(
          () -> {
            synchronized (this) {
              struckAt = System.nanoTime();
            }
            try {
              fault.strike(executor);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }
}
