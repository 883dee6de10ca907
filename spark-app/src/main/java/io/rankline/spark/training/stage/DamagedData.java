package io.rankline.spark.training.stage;

import io.rankline.io.CorruptRecordException;
import java.util.Optional;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;

/**
 * Ends jobs of a group as soon as a task of theirs comes upon a damaged record. Spark would read
 * the file again, four times in all, and the other files to their end.
 */
final class DamagedData extends SparkListener {

  private final SparkContext spark;
  private final String group;
  private final GroupStages stages;
  private @Nullable CorruptRecordException fault;

  DamagedData(SparkContext spark, String group) {
    this.spark = spark;
    this.group = group;
    this.stages = new GroupStages(group);
  }

  /** The first damaged record that a task failed of. */
  synchronized Optional<CorruptRecordException> fault() {
    return Optional.ofNullable(fault);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    stages.submitted(event);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    if (fault != null
        || !stages.has(event.stageId())
        || !(event.reason() instanceof ExceptionFailure failure)
        || failure.exception().isEmpty()) {
      return;
    }
    for (Throwable cause = failure.exception().get(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CorruptRecordException damaged) {
        fault = damaged;
        spark.cancelJobGroup(group);
        return;
      }
    }
  }
}
