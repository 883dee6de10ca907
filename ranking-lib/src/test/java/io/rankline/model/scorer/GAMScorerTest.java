package io.rankline.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.model.GamExplanation;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.RankingModel;
import io.rankline.model.ScoreParts;
import io.rankline.model.input.PreprocessorWithSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GAMScorerTest {

  @ParameterizedTest(name = "{0} context features")
  @ValueSource(ints = {0, 1, 3})
  void theScoreIsTheSumOfWhatTheFeaturesAdd(int contextFeatures) {
    ModelLists lists = new ModelLists(2, contextFeatures, 5, "relevance");
    RankingModel model = trained(lists);
    ListBatch batch = lists.batch(4, 7, 8);

    float[] scores = model.score(batch);
    GamExplanation parts = GamExplanation.of(model, batch);

    assertThat(parts.features()).containsExactly("item_0", "item_1", "item_2", "item_3", "item_4");
    for (int slot = 0; slot < scores.length; slot++) {
      if (batch.mask()[slot]) {
        double sum = 0;
        for (int f = 0; f < 5; f++) {
          sum += parts.contribution(slot / 8, slot % 8, f);
        }
        assertThat((double) scores[slot]).isCloseTo(sum, within(1e-5));
      }
    }
  }

  @ParameterizedTest(name = "{0} context features")
  @ValueSource(ints = {0, 1, 3})
  void withoutDl4jThePartsAreTheSame(int contextFeatures) {
    ModelLists lists = new ModelLists(2, contextFeatures, 5, "relevance");
    RankingModel model = trained(lists);
    RankingList list = lists.list(7);

    GamExplanation expected =
        GamExplanation.of(model, new ListBatcher(new ListSize(7)).batch(List.of(list)));
    ScoreParts parts = model.scorer().parts(list).orElseThrow();

    assertThat(parts.features()).isEqualTo(expected.features());
    assertThat(parts.scores())
        .isEqualTo(model.scorer().scores(List.of(list)).get(0).get(Scorer.SINGLE_TASK));
    for (int item = 0; item < 7; item++) {
      for (int f = 0; f < 5; f++) {
        assertThat(parts.part(item, f)).isCloseTo(expected.contribution(0, item, f), within(1e-5f));
      }
    }
  }

  @Test
  void theWeightsOfAListSumToTheNumberOfContextFeatures() {
    ModelLists lists = new ModelLists(2, 3, 5, "relevance");
    RankingModel model = trained(lists);
    ListBatch batch = lists.batch(4, 7, 8);

    GamExplanation parts = GamExplanation.of(model, batch);

    for (int b = 0; b < 4; b++) {
      double sum = 0;
      for (int f = 0; f < 5; f++) {
        sum += parts.subWeights()[b * 5 + f];
      }
      assertThat(sum).isCloseTo(3, within(1e-5));
    }
  }

  @Test
  void aFeatureAddsTheSameWhateverTheOthersAre() {
    ModelLists lists = new ModelLists(2, 0, 5, "relevance");
    RankingModel model = trained(lists);
    ListBatch batch = lists.batch(4, 7, 8);
    GamExplanation before = GamExplanation.of(model, batch);

    for (int slot = 0; slot < batch.mask().length; slot++) {
      batch.examples()[slot * 5 + 2] += 0.5f;
    }
    GamExplanation after = GamExplanation.of(model, batch);

    for (int slot = 0; slot < batch.mask().length; slot++) {
      for (int f = 0; f < 5; f++) {
        float changed = after.subLogits()[slot * 5 + f] - before.subLogits()[slot * 5 + f];
        if (f != 2) {
          assertThat(changed).isZero();
        }
      }
    }
    assertThat(after.subLogits()).isNotEqualTo(before.subLogits());
  }

  @Test
  void itLearnsWhichFeatureMatters() {
    ModelLists lists = new ModelLists(2, 0, 5, "relevance");
    ListBatch batch = lists.batch(64, 10, 10);
    RankingModel model = model(lists);

    double first = model.fit(batch);
    for (int step = 0; step < 300; step++) {
      model.fit(batch);
    }

    assertThat(model.fit(batch)).isLessThan(0.8 * first);
  }

  @Test
  void otherModelsHaveNoParts() {
    ModelLists lists = new ModelLists(2, 0, 5, "relevance");
    RankingModel model =
        new ModelBuilder(
                lists.inputCreator(),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder().hiddenLayerDims(4).build(),
                "__list_mask__",
                "dnn")
            .build();
    ListBatch batch = lists.batch(2, 2, 2);

    assertThatThrownBy(() -> GamExplanation.of(model, batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model 'dnn' has no GAMScorer, so its score has no parts");
    assertThat(model.scorer().parts(lists.list(3))).isEmpty();
  }

  @Test
  void aContextWithoutTowersIsRefused() {
    ModelLists lists = new ModelLists(2, 1, 5, "relevance");
    ModelBuilder builder =
        new ModelBuilder(
            lists.inputCreator(),
            PreprocessorWithSpec.builder().build(),
            GAMScorer.builder().exampleHiddenLayerDims(4).build(),
            "__list_mask__",
            "gam");

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "context_hidden_layer_dims must be given for a model with context features, got none");
  }

  private static RankingModel trained(ModelLists lists) {
    RankingModel model = model(lists);
    for (int step = 0; step < 5; step++) {
      model.fit(lists.batch(16, 10, 10));
    }
    return model;
  }

  private static RankingModel model(ModelLists lists) {
    return new ModelBuilder(
            lists.inputCreator(),
            PreprocessorWithSpec.builder().build(),
            GAMScorer.builder()
                .exampleHiddenLayerDims(8, 4)
                .contextHiddenLayerDims(4)
                .dropout(0)
                .batchNormMoment(0.9)
                .build(),
            "__list_mask__",
            "gam")
        .build();
  }
}
