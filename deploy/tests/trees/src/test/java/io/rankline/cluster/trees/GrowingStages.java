package io.rankline.cluster.trees;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Looks on at stages that grow trees, and may do something in the middle of one of them. */
final class GrowingStages extends SparkListener {

  private final Map<Integer, Long> begun = new LinkedHashMap<>();
  private final Map<Integer, Duration> took = new LinkedHashMap<>();
  private final Map<Integer, Map<Integer, Long>> read = new LinkedHashMap<>();
  private Duration processor = Duration.ZERO;
  private final int stage;
  private final Duration after;
  private final Consumer<String> fault;
  private boolean struck;

  /**
   * Who looks on.
   *
   * @param stage number of the stage that the fault strikes, from 1; 0 for none
   * @param after the time of the stage before it strikes
   * @param fault called with the name of worker 1's executor
   */
  GrowingStages(int stage, Duration after, Consumer<String> fault) {
    this.stage = stage;
    this.after = after;
    this.fault = fault;
  }

  /** Who only looks on. */
  static GrowingStages undisturbed() {
    return new GrowingStages(0, Duration.ZERO, executor -> {});
  }

  /** How many stages began to grow trees. */
  synchronized int count() {
    return begun.size();
  }

  /** For each stage the workers that read their lists; those that had rows from before do not. */
  synchronized List<Set<Integer>> readers() {
    List<Set<Integer>> readers = new ArrayList<>();
    for (int stage : begun.keySet()) {
      Set<Integer> workers = new TreeSet<>();
      read.getOrDefault(stage, Map.of())
          .forEach(
              (worker, bands) -> {
                if (bands > 0) {
                  workers.add(worker);
                }
              });
      readers.add(workers);
    }
    return readers;
  }

  /** Time of executors' processors in all of them: other work on the machine hardly counts. */
  synchronized Duration processor() {
    return processor;
  }

  /** How long the last one took. */
  synchronized Duration last() {
    return took.values().stream().reduce(Duration.ZERO, (before, next) -> next);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    String job = event.properties().getProperty("spark.job.description", "");
    // Stages that make lists anew belong to the job as well.
    if (job.startsWith("grow trees") && event.stageInfo().name().contains("BarrierStage")) {
      begun.put(event.stageInfo().stageId(), System.nanoTime());
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (!begun.containsKey(event.stageId()) || event.taskInfo().index() != 1) {
      return;
    }
    begun.put(event.stageId(), System.nanoTime());
    if (!struck && begun.size() == stage) {
      struck = true;
      String executor = event.taskInfo().executorId();
      CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> fault.accept(executor));
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    if (begun.containsKey(event.stageId()) && event.taskMetrics() != null) {
      processor = processor.plusNanos(event.taskMetrics().executorCpuTime());
      read.computeIfAbsent(event.stageId(), id -> new TreeMap<>())
          .put(
              event.taskInfo().index(),
              event.taskMetrics().inputMetrics().recordsRead()
                  + event.taskMetrics().shuffleReadMetrics().recordsRead());
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    Long since = begun.get(event.stageInfo().stageId());
    if (since != null) {
      took.put(event.stageInfo().stageId(), Duration.ofNanos(System.nanoTime() - since));
    }
  }
}
