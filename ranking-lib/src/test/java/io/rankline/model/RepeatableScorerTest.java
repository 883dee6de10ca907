package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.UnivariateScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;

class RepeatableScorerTest {

  /** Wide enough for BLAS to have more than one way to compute a row. */
  private static final int FEATURES = 136;

  private static final RecordSpec SPEC =
      RecordSpec.of(
          Map.of("c", FixedLenFeature.float32(1)), Map.of("x", FixedLenFeature.float32(FEATURES)));

  /** Stock layers, whose products BLAS may split as it likes. */
  private static final class StockScorer extends UnivariateScorer {
    private static final long serialVersionUID = 1;

    @Override
    protected SortedMap<String, Node> scoreFlattened(ModelGraph graph, Node rows) {
      Node hidden =
          graph.add(
              "hidden",
              new DenseLayer.Builder()
                  .nIn(rows.width())
                  .nOut(133)
                  .activation(Activation.TANH)
                  .build(),
              133,
              rows);
      Node logits =
          graph.add(
              "logits",
              new DenseLayer.Builder().nIn(133).nOut(1).activation(Activation.IDENTITY).build(),
              1,
              hidden);
      return new TreeMap<>(Map.of(SINGLE_TASK, logits));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anItemHasTheSameBitsInEveryCompany(long seed) {
    assertSameBitsInEveryCompany(model(new StockScorer()), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anItemHasTheSameBitsInEveryCompanyOfBlocksToo(long seed) {
    assertSameBitsInEveryCompany(
        model(DNNScorer.builder().hiddenLayerDims(133, 21).useBatchNorm(true).build()), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aListHasTheSameBitsInEveryCompanyWhereScoresDependOnIt(long seed) {
    RepeatableScorer scorer =
        new RepeatableScorer(
            model(DocumentInteractionScorer.builder().hiddenLayerDims(16).build()));
    List<RankingList> lists = lists(new SplittableRandom(seed), 6, 1, 40, 0, 9);

    List<SortedMap<String, float[]>> together = scorer.scores(lists);

    for (int q = 0; q < lists.size(); q++) {
      assertThat(scorer.scores(List.of(lists.get(q))).get(0).get("score"))
          .containsExactly(together.get(q).get("score"));
    }
  }

  private static void assertSameBitsInEveryCompany(RankingModel model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RepeatableScorer scorer = new RepeatableScorer(model);
    List<RankingList> lists = lists(random, 1 + random.nextInt(100), 0, 1, 64, 130);

    List<SortedMap<String, float[]>> together = scorer.scores(lists);

    List<RankingList> shuffled = new ArrayList<>(lists);
    Collections.reverse(shuffled);
    List<SortedMap<String, float[]>> reversed = scorer.scores(shuffled);
    float[] batch = model.score(new ListBatcher(ListSize.ALL).batch(lists));
    for (int q = 0; q < lists.size(); q++) {
      float[] scores = scores(together, q);
      assertThat(scores(reversed, lists.size() - 1 - q)).isEqualTo(scores);
      assertThat(scores(scorer.scores(List.of(lists.get(q))), 0)).isEqualTo(scores);
      for (int i = 0; i < scores.length; i += 19) {
        RankingList item = lists.get(q).select(new int[] {i});
        assertThat(scores(scorer.scores(List.of(item)), 0)).containsExactly(scores[i]);
      }
      assertThat(Arrays.copyOfRange(batch, q * 130, q * 130 + scores.length))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(scores);
    }
  }

  private static float[] scores(List<SortedMap<String, float[]>> scores, int list) {
    return Objects.requireNonNull(scores.get(list).get("score"));
  }

  private static RankingModel model(Scorer scorer) {
    return new ModelBuilder(
            new FeatureSpecInputCreator(SPEC.context(), SPEC.examples()),
            PreprocessorWithSpec.builder().build(),
            scorer,
            "__list_mask__",
            "repeatable")
        .build(TrainingSettings.builder().seed(3).build());
  }

  private static List<RankingList> lists(SplittableRandom random, int... sizes) {
    List<RankingList> lists = new ArrayList<>();
    for (int size : sizes) {
      float[] x = new float[size * FEATURES];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextDouble(-1, 1);
      }
      lists.add(
          new RankingList(
              SPEC.layout(),
              size,
              size,
              new float[] {(float) random.nextDouble()},
              x,
              new float[0],
              new float[0],
              List.of(),
              List.of()));
    }
    return lists;
  }
}
