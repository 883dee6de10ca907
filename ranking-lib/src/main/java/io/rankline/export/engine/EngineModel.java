package io.rankline.export.engine;

import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.ModelDescription;
import io.rankline.model.input.EncodedInputs;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
import java.io.IOException;
import java.util.List;

/**
 * A model to be written down for another engine.
 *
 * @param scorer what its scores are, and what requests hold
 * @param layers of its network; its inputs are {@code example_features} and {@code
 *     context_features}, each unless it has no column, then the token features of the context and
 *     of the examples
 * @param servingDefault the signature of {@code serving_default}
 * @param inputs how the dense inputs of the layers are made
 */
public record EngineModel(
    RankingScorer scorer, Plan layers, SignatureName servingDefault, EncodedInputs inputs) {

  /**
   * Of a model that was exported, or comes from training.
   *
   * @throws UnsupportedModelException for a network with layers of its own
   */
  public static EngineModel of(SavedRankingModel saved) throws IOException {
    try {
      return new EngineModel(
          saved, saved.layers(), saved.servingDefault(), saved.description().inputs());
    } catch (UnknownLayerException e) {
      throw new UnsupportedModelException(
          "other engines",
          List.of(
              "%s; serve it with rankline serve, or train one of Rankline's scorers"
                  .formatted(e.getMessage())));
    }
  }

  /** The same with another signature of {@code serving_default}. */
  public EngineModel withServingDefault(SignatureName name) {
    return new EngineModel(scorer, layers, name, inputs);
  }

  /** The same scores by other layers, on inputs that are made in another way. */
  public EngineModel with(Plan otherLayers, EncodedInputs otherInputs) {
    return new EngineModel(scorer, otherLayers, servingDefault, otherInputs);
  }

  /** How its inputs are made, and its tasks in the order of the outputs. */
  public ModelDescription description() {
    return scorer.description();
  }
}
