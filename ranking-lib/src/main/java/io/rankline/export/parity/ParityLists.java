package io.rankline.export.parity;

import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import java.util.List;

/**
 * Lists to hold an engine against its model on.
 *
 * @param source where they come from, for people
 * @param lists of the layout of the model's requests
 */
public record ParityLists(String source, List<RankingList> lists) {

  /** How many lists an export is compared on. */
  public static final int COUNT = 1000;

  private static final long SEED = 20231127;

  public ParityLists {
    lists = List.copyOf(lists);
  }

  /** Lists that the model takes: always the same for a model. */
  public static ParityLists of(EngineModel model, int count) {
    return new ParityLists(
        model.scorer().profile().isPresent()
            ? "the profile of the training data"
            : "made-up values, as the model has no profile of its training data",
        new DrawnLists(model, SEED).lists(count));
  }
}
