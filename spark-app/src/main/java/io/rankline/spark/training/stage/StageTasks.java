package io.rankline.spark.training.stage;

import io.rankline.spark.training.collective.RingException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;

/** The tasks of a stage that have not ended, and those that others could not go on without. */
final class StageTasks {

  /** Of one task; {@code blamed} if others found its worker silent or gone. */
  record Unended(long id, int worker, String executor, boolean blamed) {}

  private final Map<Long, TaskInfo> running = new HashMap<>();
  private final Set<Integer> blamed = new HashSet<>();

  synchronized void started(TaskInfo task) {
    running.put(task.taskId(), task);
  }

  synchronized void ended(SparkListenerTaskEnd event) {
    if (event.taskInfo() != null) {
      running.remove(event.taskInfo().taskId());
    }
    blame(event.reason());
  }

  synchronized List<Unended> unended() {
    return running.values().stream()
        .map(
            task ->
                new Unended(
                    task.taskId(), task.index(), task.executorId(), blamed.contains(task.index())))
        .toList();
  }

  private void blame(TaskEndReason reason) {
    if (!(reason instanceof ExceptionFailure failure) || failure.exception().isEmpty()) {
      return;
    }
    for (Throwable cause = failure.exception().get(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RingException ring) {
        ring.culprit().ifPresent(blamed::add);
      }
    }
  }
}
