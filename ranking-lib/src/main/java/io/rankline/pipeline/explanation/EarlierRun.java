package io.rankline.pipeline.explanation;

import io.rankline.model.RankingModel;
import io.rankline.pipeline.callback.EpochResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training that another one is compared with.
 *
 * @param folder its model_dir
 * @param epochs its history; may be empty
 * @param configuration of it, as text; may be empty
 * @param model the best one that it kept, or its last; null where there is none
 */
public record EarlierRun(
    String folder, List<EpochResult> epochs, String configuration, @Nullable RankingModel model) {

  public EarlierRun {
    epochs = List.copyOf(epochs);
  }
}
