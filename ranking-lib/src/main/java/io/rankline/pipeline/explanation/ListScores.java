package io.rankline.pipeline.explanation;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.model.RankingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Scores of lists as a model in training gives them, in batches. */
final class ListScores {

  private static final int LISTS_AT_A_TIME = 32;

  private ListScores() {}

  /**
   * Scores lists.
   *
   * @param transformed lists of one layout
   * @return by task the scores of each list, [N], or [N, M] for losses of M scores an item
   */
  static SortedMap<String, List<float[]>> of(RankingModel model, List<RankingList> transformed) {
    SortedMap<String, List<float[]>> scores = new TreeMap<>();
    model.tasks().keySet().forEach(task -> scores.put(task, new ArrayList<>()));
    ListBatcher batcher = new ListBatcher(ListSize.ALL);
    for (int from = 0; from < transformed.size(); from += LISTS_AT_A_TIME) {
      List<RankingList> lists =
          transformed.subList(from, Math.min(from + LISTS_AT_A_TIME, transformed.size()));
      ListBatch batch = batcher.batch(lists);
      model
          .scoresTransformed(batch)
          .forEach(
              (task, values) -> {
                int row = values.length / batch.batchSize();
                int each = values.length / Math.max(1, batch.mask().length);
                for (int q = 0; q < lists.size(); q++) {
                  float[] ofList =
                      Arrays.copyOfRange(values, q * row, q * row + lists.get(q).size() * each);
                  scores.computeIfAbsent(task, t -> new ArrayList<>()).add(ofList);
                }
              });
    }
    return scores;
  }
}
