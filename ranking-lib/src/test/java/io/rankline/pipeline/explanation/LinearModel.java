package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model whose scores are known: the sum of its features times weights, context features first.
 * Items have {@code good} (one number) and {@code pair} (two), queries {@code place} (one).
 */
final class LinearModel {

  static final String TASK = "score";

  private static final Map<String, FeatureSpec> CONTEXT =
      Map.of("place", FixedLenFeature.float32(1));
  private static final Map<String, FeatureSpec> EXAMPLES =
      Map.of("good", FixedLenFeature.float32(1), "pair", FixedLenFeature.float32(2));
  private static final RecordSpec SPEC =
      RecordSpec.of(CONTEXT, EXAMPLES)
          .withLabels(LabelSpec.of("relevance", FixedLenFeature.float32(1).withDefault(-1f)));

  private LinearModel() {}

  /** A model of those weights: of place, good, and both of pair. */
  static RankingModel of(double place, double good, double pairFirst, double pairSecond) {
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(CONTEXT, EXAMPLES),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder()
                    .hiddenLayerDims(1)
                    .activation(Activation.IDENTITY)
                    .useBatchNorm(false)
                    .dropout(0)
                    .build(),
                "__list_mask__",
                "linear")
            .build();
    model.graph().params().assign(0);
    INDArray hidden = model.graph().getLayer("hidden_1").getParam("W");
    double[] weights = {place, good, pairFirst, pairSecond};
    for (int k = 0; k < weights.length; k++) {
      hidden.putScalar(k, weights[k]);
    }
    model.graph().getLayer("score_head").getParam("W").assign(1);
    return model;
  }

  /**
   * A list.
   *
   * @param items good, both of pair and the label of each
   */
  static RankingList list(double place, double[]... items) {
    float[] examples = new float[3 * items.length];
    float[] labels = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      for (int k = 0; k < 3; k++) {
        examples[3 * i + k] = (float) items[i][k];
      }
      labels[i] = (float) items[i][3];
    }
    return new RankingList(
        SPEC.layout(),
        items.length,
        items.length,
        new float[] {(float) place},
        examples,
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  /** Lists of three items, whose label is good, the same in all of them but for place and pair. */
  static List<RankingList> lists(int count) {
    List<RankingList> lists = new ArrayList<>();
    for (int q = 0; q < count; q++) {
      lists.add(
          list(
              q % 2,
              new double[] {2, q, -q, 2},
              new double[] {1, 1, 3, 1},
              new double[] {0, -2, q, 0}));
    }
    return lists;
  }
}
