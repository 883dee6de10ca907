package io.rankline.spark.training.stage;

import io.rankline.spark.training.stage.StageTasks.Unended;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.ExecutorProcessLost;
import org.apache.spark.scheduler.cluster.CoarseGrainedClusterMessages.RemoveExecutor;
import org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Gets the slots of a barrier stage back that has failed, since the next one needs all of them.
 *
 * <p>Spark 3.5.5 leaves two kinds of tasks behind. Where the stage failed of a shuffle block that
 * is gone, it ends no other task, and those wait for the failed one in {@code allGather}, for a
 * year by default. And a process that hangs keeps its slot until its heartbeats are missed, which
 * takes two to three minutes; meanwhile its shuffle files count as being there, so that a stage
 * that begins too early fails of them again.
 */
final class SlotRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(SlotRecovery.class);
  private static final long POLL_MILLIS = 50;

  /**
   * How long a worker that others waited for in vain may take to end. It was silent before, for as
   * long as {@code silence_timeout}; if it failed of something of its own, it only has to say so.
   */
  private static final Duration LAST_WORD = Duration.ofSeconds(3);

  private SlotRecovery() {}

  /**
   * Tells the tasks that are left to end, and has executors replaced whose tasks do not.
   *
   * @param silence how long a worker may be busy with a step, and not hear that it is to end
   */
  static void recover(SparkContext spark, StageFaults faults, Duration silence)
      throws InterruptedException {
    Set<String> replaced = new HashSet<>();
    Set<Long> reported = new HashSet<>();
    long begin = System.nanoTime();
    for (List<Unended> left = faults.unended(spark);
        !left.isEmpty();
        left = faults.unended(spark)) {
      for (Unended task : left) {
        if (reported.add(task.id())) {
          spark.killTaskAttempt(task.id(), false, "another worker failed");
        }
        Duration patience = task.blamed() && LAST_WORD.compareTo(silence) < 0 ? LAST_WORD : silence;
        if (System.nanoTime() - begin > patience.toNanos() && !replaced.contains(task.executor())) {
          if (!replace(spark, task)) {
            return;
          }
          replaced.add(task.executor());
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** As Spark does with an executor whose heartbeats are missed; false where it cannot. */
  private static boolean replace(SparkContext spark, Unended task) throws InterruptedException {
    if (!(spark.schedulerBackend() instanceof CoarseGrainedSchedulerBackend backend)) {
      return false;
    }
    LOG.warn(
        "worker {} (executor {}) does not end: another executor is asked for in its place",
        task.worker(),
        task.executor());
    spark.killAndReplaceExecutor(task.executor());
    // A process that hangs does not say that it is gone: without this, its files still count.
    backend
        .driverEndpoint()
        .send(
            new RemoveExecutor(
                task.executor(),
                new ExecutorProcessLost("its worker did not end", Option.empty(), true)));
    long begin = System.nanoTime();
    while (isKnown(backend, task.executor()) && System.nanoTime() - begin < LAST_WORD.toNanos()) {
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  private static boolean isKnown(CoarseGrainedSchedulerBackend backend, String executor) {
    return JavaConverters.asJavaCollection(backend.getExecutorIds()).contains(executor);
  }
}
