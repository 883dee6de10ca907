package io.rankline.pipeline.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.model.GamExplanation;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.RankingModel;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.GAMScorer;
import java.util.List;
import org.junit.jupiter.api.Test;

class GamCurveTest {

  private final ModelLists lists = new ModelLists(3, 0, 2, "relevance");
  private final RankingModel model =
      new ModelBuilder(
              lists.inputCreator(),
              PreprocessorWithSpec.builder().build(),
              GAMScorer.builder().exampleHiddenLayerDims(4).useBatchNorm(false).dropout(0).build(),
              "__list_mask__",
              "gam")
          .build();

  @Test
  void aCurveIsTheSubScoreLessItsMeanByValue() {
    List<RankingList> some = lists.lists(6, 5);
    ListBatch batch = new ListBatcher(ListSize.ALL).batch(some);
    GamExplanation parts = GamExplanation.of(model, batch);
    double mean = 0;
    int items = 0;
    for (int slot = 0; slot < batch.mask().length; slot++) {
      if (batch.mask()[slot]) {
        mean += parts.subLogits()[2 * slot + 1];
        items++;
      }
    }
    mean /= items;

    List<GamCurve> curves = GamCurve.of(model, some);
    GamCurve curve =
        curves.stream().filter(one -> one.feature().equals("item_1")).findFirst().orElseThrow();

    assertThat(GamCurve.isIn(model)).isTrue();
    assertThat(curves.get(0).spread()).isGreaterThanOrEqualTo(curves.get(1).spread());
    assertThat(curve.values()).hasSize(items).isSorted();
    for (int slot = 0; slot < batch.mask().length; slot++) {
      if (batch.mask()[slot]) {
        int place = java.util.Arrays.binarySearch(curve.values(), batch.examples()[2 * slot + 1]);
        assertThat(curve.scores()[place])
            .isCloseTo(parts.subLogits()[2 * slot + 1] - mean, within(1e-6));
      }
    }
  }

  @Test
  void manyValuesAreThinnedOutAndTheTailsLeftAway() {
    List<RankingList> some = lists.lists(200, 10);

    GamCurve curve = GamCurve.of(model, some).get(0);

    assertThat(curve.values()).hasSize(60).isSorted();
    assertThat(curve.values()[0]).isGreaterThan(-1);
  }

  @Test
  void anotherModelHasNone() {
    assertThat(GamCurve.isIn(LinearModel.of(1, 1, 1, 1))).isFalse();
    assertThat(GamCurve.of(model, List.of())).isEmpty();
  }
}
