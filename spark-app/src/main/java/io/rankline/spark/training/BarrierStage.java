package io.rankline.spark.training;

import io.rankline.spark.training.data.SparkFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a stage whose tasks need each other. Spark would wait for ever for slots that do not come
 * back after executors were lost; this does not.
 */
final class BarrierStage {

  private static final Logger LOG = LoggerFactory.getLogger(BarrierStage.class);
  private static final long POLL_MILLIS = 50;

  private BarrierStage() {}

  /**
   * Runs it.
   *
   * @param tasks that have to run side by side
   * @param patience how long the stage may stand still because there are fewer slots
   * @throws IOException if it fails, or the slots do not come
   */
  static <T> List<T> collect(JavaSparkContext spark, JavaRDD<T> stage, int tasks, Duration patience)
      throws IOException {
    String group = UUID.randomUUID().toString();
    spark.sc().setLocalProperty("spark.jobGroup.id", group);
    JavaFutureAction<List<T>> job;
    try {
      job = stage.collectAsync();
    } finally {
      spark.sc().setLocalProperty("spark.jobGroup.id", null);
    }
    long idleSince = System.nanoTime();
    boolean said = false;
    while (true) {
      try {
        return job.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        boolean short_ = Slots.now(spark.sc()) < tasks && !isRunning(spark, group);
        if (!short_) {
          idleSince = System.nanoTime();
          said = false;
          continue;
        }
        if (!said) {
          LOG.warn(
              "{} of {} slots are there; waiting {} s at most for executors to come back",
              Slots.now(spark.sc()),
              tasks,
              patience.toSeconds());
          said = true;
        }
        if (System.nanoTime() - idleSince > patience.toNanos()) {
          job.cancel(true);
          throw new IOException(
              "%d workers need as many slots, and for %d s there were %d; training ends and goes on from the last checkpoint when it is started again, with these or fewer workers"
                  .formatted(tasks, patience.toSeconds(), Slots.now(spark.sc())));
        }
      } catch (InterruptedException e) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while workers train");
      } catch (ExecutionException e) {
        throw SparkFailure.asIoException(e);
      }
    }
  }

  private static boolean isRunning(JavaSparkContext spark, String group) {
    for (int id : spark.statusTracker().getJobIdsForGroup(group)) {
      SparkJobInfo job = spark.statusTracker().getJobInfo(id);
      if (job == null) {
        continue;
      }
      for (int stage : job.stageIds()) {
        SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
        if (info != null && info.numActiveTasks() > 0) {
          return true;
        }
      }
    }
    return false;
  }
}
