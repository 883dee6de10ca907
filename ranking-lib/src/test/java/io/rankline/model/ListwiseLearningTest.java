package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.feature.FixedLenFeature;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DocumentInteractionAttention;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.TransformerScorer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A target that no item shows by itself: relevant is the item whose only feature is nearest to the
 * mean of the list, and lists lie at different places.
 */
class ListwiseLearningTest {

  private static final int LISTS = 32;

  private static final int ITEMS = 6;

  private static final int STEPS = 250;

  /**
   * With 0.01 the attention over pairs missed the middle for 7 of 60 seeds of the data, with this
   * for none of 30.
   */
  private static final double LEARNING_RATE = 0.005;

  @ParameterizedTest(name = "{0}")
  @MethodSource("scorers")
  void theMiddleOfAListIsFound(String name, Scorer listwise) {
    assertThat(shareOfListsWithTheRightItemFirst(listwise)).isGreaterThan(0.7);
  }

  @Test
  void noItemShowsItByItself() {
    DNNScorer univariate =
        DNNScorer.builder().hiddenLayerDims(32, 16).dropout(0).useBatchNorm(false).build();

    assertThat(shareOfListsWithTheRightItemFirst(univariate)).isLessThan(0.5);
  }

  static Stream<Arguments> scorers() {
    return Stream.of(
        Arguments.of(
            "transformer",
            TransformerScorer.builder()
                .inputLayerDims(16)
                .blocks(2)
                .feedForward(32)
                .dropout(0)
                .build()),
        Arguments.of(
            "interaction",
            DocumentInteractionScorer.builder()
                .interaction(new DocumentInteractionAttention(2, 16, 2, 0, 0))
                .hiddenLayerDims(32)
                .batchNormMoment(0.9)
                .dropout(0)
                .build()));
  }

  private static double shareOfListsWithTheRightItemFirst(Scorer scorer) {
    ComputationGraph graph =
        new ModelBuilder(
                new FeatureSpecInputCreator(Map.of(), Map.of("x", FixedLenFeature.float32(1))),
                PreprocessorWithSpec.builder().build(),
                scorer,
                "mask",
                "middle")
            .build(
                TrainingSettings.builder()
                    .optimizer(
                        Optimizer.parse("{name: adam, learning_rate: %s}".formatted(LEARNING_RATE)))
                    .build())
            .graph();
    SplittableRandom random = new SplittableRandom(17);
    INDArray mask = Nd4j.ones(DataType.FLOAT, LISTS, ITEMS);
    for (int step = 0; step < STEPS; step++) {
      float[][][] lists = lists(random);
      INDArray labels = Nd4j.zeros(DataType.FLOAT, LISTS, ITEMS);
      for (int b = 0; b < LISTS; b++) {
        labels.putScalar(b, middle(lists[b]), 1);
      }
      graph.fit(new INDArray[] {Nd4j.createFromArray(lists), mask}, new INDArray[] {labels});
    }
    int found = 0;
    for (int batch = 0; batch < 4; batch++) {
      float[][][] lists = lists(random);
      float[][] scores = graph.output(Nd4j.createFromArray(lists), mask)[0].toFloatMatrix();
      for (int b = 0; b < LISTS; b++) {
        int first = 0;
        for (int i = 1; i < ITEMS; i++) {
          first = scores[b][i] > scores[b][first] ? i : first;
        }
        found += first == middle(lists[b]) ? 1 : 0;
      }
    }
    return found / (4.0 * LISTS);
  }

  private static float[][][] lists(SplittableRandom random) {
    float[][][] lists = new float[LISTS][ITEMS][1];
    for (float[][] list : lists) {
      double place = random.nextDouble(-2, 2);
      for (float[] item : list) {
        item[0] = (float) (place + random.nextDouble(-1, 1));
      }
    }
    return lists;
  }

  private static int middle(float[][] list) {
    double mean = 0;
    for (float[] item : list) {
      mean += item[0] / list.length;
    }
    int nearest = 0;
    for (int i = 1; i < list.length; i++) {
      if (Math.abs(list[i][0] - mean) < Math.abs(list[nearest][0] - mean)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
