package io.rankline.spark.training.stage;

import io.rankline.spark.training.data.SparkFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Spark jobs whose tasks need no others. Such jobs would wait for ever if all executors were
 * lost and none came back, and try again what fails of a damaged record: here they are cancelled.
 */
public final class JobWatch {

  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final long POLL_MILLIS = 1000;

  /** What starts jobs. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  private JobWatch() {}

  /**
   * Runs the jobs that {@code work} starts on this thread.
   *
   * @param patience how long there may be no slot at all
   * @throws IllegalArgumentException if {@code work} does
   * @throws IOException if a job fails, or no slot comes
   */
  public static <T> T run(JavaSparkContext spark, Duration patience, Work<T> work)
      throws IOException {
    String group = UUID.randomUUID().toString();
    CountDownLatch done = new CountDownLatch(1);
    AtomicBoolean cancelled = new AtomicBoolean();
    Thread watch =
        new Thread(() -> watch(spark, patience, group, done, cancelled), "rankline-job-watch");
    watch.setDaemon(true);
    watch.start();
    DamagedData damaged = new DamagedData(spark.sc(), group);
    LostExecutors lost = new LostExecutors();
    spark.sc().addSparkListener(damaged);
    spark.sc().addSparkListener(lost);
    spark.sc().setLocalProperty("spark.jobGroup.id", group);
    try {
      return work.run();
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) {
      if (damaged.fault().isPresent()) {
        throw new IOException(damaged.fault().get().getMessage(), e);
      }
      if (cancelled.get()) {
        throw new IOException(
            "for %s s the application had no slot to run workers in%s; training ends and goes on from the last checkpoint when it is started again"
                .formatted(
                    patience.toSeconds(),
                    lost.words().isEmpty() ? "" : " (%s)".formatted(lost.words())),
            e);
      }
      throw SparkFailure.asIoException(e);
    } finally {
      spark.sc().setLocalProperty("spark.jobGroup.id", null);
      spark.sc().removeSparkListener(damaged);
      spark.sc().removeSparkListener(lost);
      done.countDown();
    }
  }

  private static void watch(
      JavaSparkContext spark,
      Duration patience,
      String group,
      CountDownLatch done,
      AtomicBoolean cancelled) {
    long seen = System.nanoTime();
    boolean said = false;
    try {
      while (!done.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (Slots.now(spark.sc()) > 0) {
          seen = System.nanoTime();
          said = false;
        } else if (!said) {
          LOG.warn(
              "no slot is left; waiting {} s at most for executors to come back",
              patience.toSeconds());
          said = true;
        } else if (System.nanoTime() - seen > patience.toNanos()) {
          cancelled.set(true);
          spark.cancelJobGroup(group);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
