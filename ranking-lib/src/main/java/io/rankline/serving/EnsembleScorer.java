package io.rankline.serving;

import io.rankline.data.RankingList;
import io.rankline.model.Combine;
import io.rankline.model.ListScorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scores lists with several models, of which each reads its own features.
 *
 * @param members of the same tasks, with one score an item
 */
record EnsembleScorer(List<? extends RankingScorer> members, Combine combine)
    implements ListScorer {

  EnsembleScorer {
    members = List.copyOf(members);
  }

  /** Whether an item by itself has a score. */
  boolean scoresSingleItems() {
    return combine == Combine.MEAN && members.stream().allMatch(RankingScorer::scoresSingleItems);
  }

  @Override
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    List<List<SortedMap<String, float[]>>> each = new ArrayList<>();
    for (RankingScorer member : members) {
      each.add(member.predictAll(raw));
    }
    List<SortedMap<String, float[]>> scores = new ArrayList<>(raw.size());
    for (int q = 0; q < raw.size(); q++) {
      SortedMap<String, float[]> ofTasks = new TreeMap<>();
      for (String task : members.get(0).tasks()) {
        List<float[]> ofTask = new ArrayList<>();
        for (List<SortedMap<String, float[]>> member : each) {
          ofTask.add(Objects.requireNonNull(member.get(q).get(task)));
        }
        ofTasks.put(task, combine.of(ofTask));
      }
      scores.add(ofTasks);
    }
    return Collections.unmodifiableList(scores);
  }
}
