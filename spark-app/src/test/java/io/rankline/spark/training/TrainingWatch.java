package io.rankline.spark.training;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Looks on while two workers train, and does something in the middle of their steps. */
final class TrainingWatch extends SparkListener {

  private static final int WORKERS = 2;
  private static final long POLL_MILLIS = 5;

  private final StepsTaken steps;
  private final long step;
  private final Fault fault;
  private final Map<Integer, Integer> started = new HashMap<>();
  private String executor = "";
  private int attempts;
  private long struckAt;
  private long backAt;

  /** What happens to the training; called with the executor that worker 1 runs on. */
  @FunctionalInterface
  interface Fault {
    void strike(String executor) throws Exception;
  }

  /**
   * A watch.
   *
   * @param step that worker 1 begins when the fault strikes, from 1
   */
  TrainingWatch(StepsTaken steps, long step, Fault fault) {
    this.steps = steps;
    this.step = step;
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
      if (attempts == 1) {
        ForkJoinPool.commonPool().execute(this::look);
      }
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (!started.containsKey(event.stageId())) {
      return;
    }
    if (event.taskInfo().index() == 1) {
      executor = event.taskInfo().executorId();
    }
    if (started.merge(event.stageId(), 1, Integer::sum) == WORKERS
        && struckAt != 0
        && backAt == 0) {
      backAt = System.nanoTime();
    }
  }

  private void look() {
    try {
      while (steps.by(1) < step) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      String struck;
      synchronized (this) {
        struckAt = System.nanoTime();
        struck = executor;
      }
      fault.strike(struck);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
