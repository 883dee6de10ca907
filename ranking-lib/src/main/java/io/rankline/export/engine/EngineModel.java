package io.rankline.export.engine;

import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.ModelDescription;
import io.rankline.model.RankingModel;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;

/**
 * A model to be written down for another engine.
 *
 * @param scorer what its scores are, and what requests hold
 * @param description how its inputs are made, and its tasks in the order of the outputs
 * @param layers of its network; its inputs are {@code example_features} and {@code
 *     context_features}, each unless it has no column, then the token features of the context and
 *     of the examples
 */
public record EngineModel(RankingScorer scorer, ModelDescription description, Plan layers) {

  /**
   * Of a model that was exported, or comes from training.
   *
   * @throws UnknownLayerException for a network with layers of its own
   */
  public static EngineModel of(SavedRankingModel saved) {
    RankingModel model = saved.model();
    return new EngineModel(saved, model.description(), model.layers());
  }
}
