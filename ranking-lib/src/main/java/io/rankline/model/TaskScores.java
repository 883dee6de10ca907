package io.rankline.model;

import io.rankline.data.RankingList;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Scores of lists by task. */
final class TaskScores {

  private TaskScores() {}

  /** For each list and task room for the scores of its items. */
  static List<SortedMap<String, float[]>> room(
      SortedMap<String, TaskLoss> tasks, List<RankingList> lists) {
    List<SortedMap<String, float[]>> scores = new ArrayList<>(lists.size());
    for (RankingList list : lists) {
      SortedMap<String, float[]> ofTasks = new TreeMap<>();
      tasks.forEach(
          (task, loss) -> ofTasks.put(task, new float[list.size() * loss.scoresOfItem()]));
      scores.add(ofTasks);
    }
    return scores;
  }
}
