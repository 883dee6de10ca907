package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.model.input.FeatureColumns;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.scorer.GAMScorer;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What each example feature adds to the score of each item of a generalised additive model: the
 * score is the sum over features of sub-logit times sub-weight.
 *
 * @param features names of the example features, n of them, sorted
 * @param lists B
 * @param listSize L
 * @param subLogits f_i(x_i), shape [B, L, n]; 0 at padding
 * @param subWeights w_i(c), shape [B, n]; 1 without context features
 */
public record GamExplanation(
    List<String> features, int lists, int listSize, float[] subLogits, float[] subWeights) {

  public GamExplanation {
    features = List.copyOf(features);
  }

  /** What {@code feature} adds to the score of item {@code i} of list {@code list}. */
  public float contribution(int list, int i, int feature) {
    int n = features.size();
    return subLogits[(list * listSize + i) * n + feature] * subWeights[list * n + feature];
  }

  /**
   * What each feature adds to the scores of a trained model.
   *
   * @param model that a GAMScorer is part of
   * @param raw a batch as it is read
   * @throws IllegalArgumentException for another model
   */
  public static GamExplanation of(RankingModel model, ListBatch raw) {
    if (!model.graph().getConfiguration().getVertices().containsKey(GAMScorer.SUB_LOGITS)
        || !(model.encoder() instanceof InputEncoder encoder)) {
      throw new IllegalArgumentException(
          "model '%s' has no GAMScorer, so its score has no parts".formatted(model.name()));
    }
    List<String> features =
        encoder.plan().exampleColumns().stream().map(FeatureColumns::name).toList();
    int n = features.size();
    float[] subLogits = new float[raw.batchSize() * raw.listSize() * n];
    float[] subWeights = new float[raw.batchSize() * n];
    Arrays.fill(subWeights, 1);
    if (raw.validItems() > 0) {
      INDArray logits = model.activation(raw, GAMScorer.SUB_LOGITS);
      boolean weighted =
          model.graph().getConfiguration().getVertices().containsKey(GAMScorer.SUB_WEIGHTS);
      INDArray weights = weighted ? model.activation(raw, GAMScorer.SUB_WEIGHTS) : null;
      int row = 0;
      for (int slot = 0; slot < raw.mask().length; slot++) {
        if (raw.mask()[slot]) {
          for (int f = 0; f < n; f++) {
            subLogits[slot * n + f] = logits.getFloat(row, f);
            if (weights != null) {
              subWeights[slot / raw.listSize() * n + f] = weights.getFloat(row, f);
            }
          }
          row++;
        }
      }
    }
    return new GamExplanation(features, raw.batchSize(), raw.listSize(), subLogits, subWeights);
  }
}
