package io.rankline.model;

import io.rankline.data.RankingList;
import java.util.List;
import java.util.SortedMap;

/**
 * Scores lists with a model so that the same input gives the same bits, whatever else is scored
 * with it.
 *
 * <p>Safe for use by several threads.
 */
public interface ListScorer {

  /**
   * A scorer with this model: in plain Java, with its network as it is now; or by the network
   * itself, which must not be trained meanwhile, where it has layers of its own.
   */
  static ListScorer of(RankingModel model) {
    return FrozenScorer.of(model)
        .<ListScorer>map(frozen -> frozen)
        .orElseGet(() -> ofNetwork(model));
  }

  /** A scorer by the network itself, which must not be trained meanwhile. */
  static ListScorer ofNetwork(RankingModel model) {
    return new RepeatableScorer(model);
  }

  /**
   * Scores of the items of each list for each task.
   *
   * @param raw lists as they are read, all of one layout
   * @return for each list by task, [N], or [N, M] for losses of M scores an item
   * @throws IllegalArgumentException for a value that the model cannot take; names the feature
   */
  List<SortedMap<String, float[]>> scores(List<RankingList> raw);
}
