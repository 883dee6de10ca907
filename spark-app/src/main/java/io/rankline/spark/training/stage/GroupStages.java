package io.rankline.spark.training.stage;

import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;

/** The stages of one group of jobs, for listeners, which see those of all jobs. */
final class GroupStages {

  private final String group;
  private final Set<Integer> stages = new HashSet<>();

  GroupStages(String group) {
    this.group = group;
  }

  /** Notes a stage if it is one of the group's. */
  void submitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    if (properties != null && group.equals(properties.getProperty("spark.jobGroup.id"))) {
      stages.add(event.stageInfo().stageId());
    }
  }

  boolean has(int stage) {
    return stages.contains(stage);
  }
}
