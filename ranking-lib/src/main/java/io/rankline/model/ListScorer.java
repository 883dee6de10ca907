package io.rankline.model;

import io.rankline.data.RankingList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Scores lists with a model so that the same input gives the same bits, whatever else is scored
 * with it.
 *
 * <p>Safe for use by several threads.
 */
public interface ListScorer {

  /**
   * Scores of the items of each list for each task.
   *
   * @param raw lists as they are read, all of one layout
   * @return for each list by task, [N], or [N, M] for losses of M scores an item
   * @throws IllegalArgumentException for a value that the model cannot take; names the feature
   */
  List<SortedMap<String, float[]>> scores(List<RankingList> raw);

  /**
   * The parts of the scores of a list.
   *
   * @param raw as it is read
   * @return empty for a model whose score is no sum of what single features give
   * @throws IllegalArgumentException as {@link #scores}
   */
  default Optional<ScoreParts> parts(RankingList raw) {
    return Optional.empty();
  }
}
