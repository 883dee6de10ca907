package io.rankline.spark.training.stage;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskEndReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with the tasks of one group of jobs, in few words: Spark's own message of a
 * failed stage is a stack trace of whichever task was heard of first.
 */
final class StageFaults extends SparkListener {

  private static final Logger LOG = LoggerFactory.getLogger(StageFaults.class);

  private static final long HEARSAY_MILLIS = 2000;

  /** SIGABRT, as Spark's own workers and YARN report it. */
  private static final Pattern ABORTED = Pattern.compile("(code|[Ss]tatus:?) 134\\b");

  private final GroupStages stages;
  private final LostExecutors lost = new LostExecutors();
  private final StageTasks tasks = new StageTasks();
  private String first = "";

  StageFaults(String group) {
    this.stages = new GroupStages(group);
  }

  /** The first fault, and executors that were lost; empty if there was none. */
  String words(SparkContext spark) {
    hear(spark);
    synchronized (this) {
      String executors = lost.words();
      return first.isEmpty() || executors.isEmpty() ? first + executors : first + "; " + executors;
    }
  }

  /** Tasks that have started and not ended. */
  List<StageTasks.Unended> unended(SparkContext spark) {
    hear(spark);
    return tasks.unended();
  }

  private static void hear(SparkContext spark) {
    try {
      // Faults are reported on another thread, and the end of a job may be known before.
      spark.listenerBus().waitUntilEmpty(HEARSAY_MILLIS);
    } catch (TimeoutException e) {
      LOG.debug("Spark has more to tell", e);
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    stages.submitted(event);
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (stages.has(event.stageId())) {
      tasks.started(event.taskInfo());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    if (!stages.has(event.stageId())) {
      return;
    }
    tasks.ended(event);
    if (event.taskInfo() == null || !first.isEmpty()) {
      return;
    }
    String what = what(event.reason());
    if (!what.isEmpty()) {
      first =
          "worker %s (executor %s on %s): %s"
              .formatted(
                  event.taskInfo().index(),
                  event.taskInfo().executorId(),
                  event.taskInfo().host(),
                  what);
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    lost.onExecutorRemoved(event);
  }

  private static String what(TaskEndReason reason) {
    if (reason instanceof ExecutorLostFailure loss) {
      return "the executor is lost"
          + (loss.reason().isDefined() ? ", " + explained(loss.reason().get()) : "");
    }
    if (reason instanceof ExceptionFailure failure) {
      Throwable thrown = failure.exception().isDefined() ? failure.exception().get() : null;
      for (; thrown != null && thrown.getCause() != null; thrown = thrown.getCause()) {}
      return thrown == null || thrown.getMessage() == null
          ? "%s: %s".formatted(failure.className(), firstLine(failure.description()))
          : thrown.getMessage();
    }
    // Those that Spark ended because of another one have nothing to report.
    return "";
  }

  /**
   * ND4J and JavaCPP abort a process that may not take more memory; Spark knows the number only.
   */
  private static String explained(String reason) {
    String line = firstLine(reason);
    return ABORTED.matcher(reason).find()
        ? line
            + " (that is an abort: mostly the process outgrew"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes; raise RANKLINE_EXECUTOR_OFF_HEAP, or lower"
            + " train_batch_size)"
        : line;
  }

  static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("no reason given");
  }
}
