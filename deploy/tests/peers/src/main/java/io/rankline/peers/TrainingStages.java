package io.rankline.peers;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.storage.RDDInfo;
import scala.collection.JavaConverters;

/**
 * Looks on at the barrier stages of a fit, in which workers train, and kills an executor in the
 * middle of them if it is asked to.
 */
final class TrainingStages extends SparkListener {

  private final Map<String, ProcessHandle> executors;
  private final Duration untilKill;
  private final Set<Integer> running = new HashSet<>();
  private String executor = "";
  private boolean hasKilled;
  private int count;
  private long began;
  private long ended;

  private TrainingStages(Map<String, ProcessHandle> executors, Duration untilKill) {
    this.executors = executors;
    this.untilKill = untilKill;
  }

  /** Looks on only. */
  static TrainingStages undisturbed() {
    return new TrainingStages(Map.of(), Duration.ZERO);
  }

  /**
   * Kills one executor that trains.
   *
   * @param untilKill time from the begin of the first stage; if no worker trains then, it is the
   *     next one to begin that is killed
   */
  static TrainingStages killing(Map<String, ProcessHandle> executors, Duration untilKill) {
    return new TrainingStages(executors, untilKill);
  }

  /** Number of stages, those included that were begun again. */
  synchronized int count() {
    return count;
  }

  /** From the begin of the first stage to the end of the last. */
  synchronized Duration span() {
    return Duration.ofNanos(ended - began);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    boolean trains =
        JavaConverters.seqAsJavaList(event.stageInfo().rddInfos()).stream()
            .anyMatch(RDDInfo::isBarrier);
    if (!trains) {
      return;
    }
    running.add(event.stageInfo().stageId());
    executor = "";
    count++;
    if (count == 1) {
      began = System.nanoTime();
      CompletableFuture.delayedExecutor(untilKill.toNanos(), TimeUnit.NANOSECONDS)
          .execute(this::killIfItIsTime);
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (running.contains(event.stageId())) {
      executor = event.taskInfo().executorId();
      killIfItIsTime();
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    if (running.remove(event.stageInfo().stageId())) {
      ended = System.nanoTime();
    }
  }

  private synchronized void killIfItIsTime() {
    boolean isTime = System.nanoTime() - began >= untilKill.toNanos();
    ProcessHandle process = executors.get(executor);
    if (isTime && !hasKilled && !running.isEmpty() && process != null) {
      // SIGKILL on Unix.
      process.destroyForcibly();
      hasKilled = true;
    }
  }
}
