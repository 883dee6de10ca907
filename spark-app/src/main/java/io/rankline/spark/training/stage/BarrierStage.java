package io.rankline.spark.training.stage;

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
 * Runs a stage whose tasks need each other. Spark gives a barrier stage with results up after its
 * first fault, and waits for ever for slots that a hanging task holds; this does neither.
 */
public final class BarrierStage {

  private static final Logger LOG = LoggerFactory.getLogger(BarrierStage.class);
  private static final long POLL_MILLIS = 50;
  private static final String GROUP = "spark.jobGroup.id";

  /**
   * An executor that has just started loads its classes first; only a longer silence is worth a
   * word.
   */
  private static final Duration UNSAID = Duration.ofSeconds(20);

  private static final String GOES_ON =
      "training goes on from the last checkpoint when it is started again";

  private BarrierStage() {}

  /**
   * Runs it, and again if it fails: as often as Spark would try another stage.
   *
   * @param tasks that have to run side by side
   * @param silence how long a task may take to end when the stage has failed; its executor is
   *     replaced then
   * @param patience how long slots may be missing, or the stage stand still with none of its tasks
   *     running
   * @throws IOException if it fails again and again, or stands still for too long
   */
  public static <T> List<T> collect(
      JavaSparkContext spark, JavaRDD<T> stage, int tasks, Duration silence, Duration patience)
      throws IOException {
    int most = Math.max(1, spark.getConf().getInt("spark.stage.maxConsecutiveAttempts", 4));
    for (int attempt = 1; ; attempt++) {
      String group = UUID.randomUUID().toString();
      StageFaults faults = new StageFaults(group);
      spark.sc().addSparkListener(faults);
      try {
        return await(spark, start(spark, stage, group), group, faults, tasks, patience);
      } catch (ExecutionException e) {
        String words = faults.words(spark.sc());
        if (words.isEmpty()) {
          throw SparkFailure.asIoException(e);
        }
        if (attempt == most) {
          throw new IOException(
              "workers failed %s times in a row, at last %s; %s".formatted(most, words, GOES_ON),
              e);
        }
        LOG.warn("{}; workers begin again where they began, attempt {}", words, attempt + 1);
        recover(spark, faults, silence);
        // Spark would look for slots only every 15 s.
        int slots = Slots.await(spark, tasks, patience);
        if (slots < tasks) {
          throw new IOException(standstill(tasks, slots, patience, words), e);
        }
      } finally {
        spark.sc().removeSparkListener(faults);
      }
    }
  }

  private static void recover(JavaSparkContext spark, StageFaults faults, Duration silence)
      throws IOException {
    try {
      SlotRecovery.recover(spark.sc(), faults, silence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while workers end");
    }
  }

  private static <T> JavaFutureAction<List<T>> start(
      JavaSparkContext spark, JavaRDD<T> stage, String group) {
    String before = spark.getLocalProperty(GROUP);
    spark.setLocalProperty(GROUP, group);
    try {
      return stage.collectAsync();
    } finally {
      spark.setLocalProperty(GROUP, before);
    }
  }

  private static <T> List<T> await(
      JavaSparkContext spark,
      JavaFutureAction<List<T>> job,
      String group,
      StageFaults faults,
      int tasks,
      Duration patience)
      throws IOException, ExecutionException {
    long idleSince = System.nanoTime();
    boolean said = false;
    while (true) {
      try {
        return job.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (isRunning(spark, group)) {
          idleSince = System.nanoTime();
          said = false;
          continue;
        }
        long idle = System.nanoTime() - idleSince;
        if (!said && idle > UNSAID.toNanos()) {
          LOG.warn(
              "no worker is running, {} of {} slots are there; waiting {} s at most",
              Slots.now(spark.sc()),
              tasks,
              patience.toSeconds());
          said = true;
        }
        if (idle > patience.toNanos()) {
          job.cancel(true);
          throw new IOException(
              standstill(tasks, Slots.now(spark.sc()), patience, faults.words(spark.sc())));
        }
      } catch (InterruptedException e) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while workers train");
      }
    }
  }

  private static String standstill(int tasks, int slots, Duration patience, String words) {
    String why =
        slots < tasks
            ? "%s workers need as many slots, and for %s s there were %s; %s, with these or fewer workers"
                .formatted(tasks, patience.toSeconds(), slots, GOES_ON)
            : "for %s s none of %s workers was started though there are %s slots: another job of this application, or a task that does not end, holds them; %s"
                .formatted(patience.toSeconds(), tasks, slots, GOES_ON);
    return words.isEmpty() ? why : "%s (%s)".formatted(why, words);
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
