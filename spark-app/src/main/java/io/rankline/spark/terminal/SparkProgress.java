package io.rankline.spark.terminal;

import java.io.Closeable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Shows how many tasks of Spark's running stage are done. */
public final class SparkProgress implements Closeable {

  private static final long PERIOD_MILLIS = 250;

  private final JavaSparkContext spark;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private int stage = -1;
  private @Nullable Progress shown;
  private @Nullable ScheduledFuture<?> looking;

  public SparkProgress(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Shows it from now until closed. */
  public void start() {
    looking =
        timer.scheduleAtFixedRate(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    int[] active = spark.statusTracker().getActiveStageIds();
    if (active.length == 0) {
      return;
    }
    SparkStageInfo info = spark.statusTracker().getStageInfo(active[0]);
    if (info == null) {
      return;
    }
    if (stage != info.stageId()) {
      finish();
      stage = info.stageId();
      shown = Progress.ofSteps("step " + (stage + 1), "tasks", info.numTasks());
    }
    if (shown != null) {
      shown.to(info.numCompletedTasks());
    }
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.cancel(false);
    }
    timer.shutdownNow();
    synchronized (this) {
      finish();
    }
  }

  private void finish() {
    if (shown != null) {
      SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
      if (info != null) {
        shown.to(info.numCompletedTasks());
      }
      shown.close();
      shown = null;
    }
  }
}
