package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.listwise.ListMleLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pairwise.PairwiseHingeLoss;
import io.rankline.loss.pointwise.MeanSquaredLoss;
import io.rankline.testing.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which items count: those that the mask admits, or without a mask those with a label. */
class MaskTest {

  private final LossWorkspace workspace = new LossWorkspace();

  @Test
  void withoutMaskAnItemWithALabelBelowZeroIsPadding() {
    assertThat(sum(new PairwiseHingeLoss(), batch().build())).isEqualTo(1);
  }

  @Test
  void withMaskALabelBelowZeroIsTheLowerOneOfAPair() {
    // Pairs of labels (1, 0), (1, -2), (0, -2), scores 0, -3 and -3 apart: 1 + 4 + 4.
    assertThat(sum(new PairwiseHingeLoss(), batch().mask(true, true, true).build())).isEqualTo(9);
  }

  @Test
  void pairsOfLabelsBelowZeroWeighNothing() {
    LossBatch batch = batch(-1, -2, -3).mask(true, true, true).build();

    assertThat(sum(new PairwiseHingeLoss(), batch)).isZero();
    assertThat(LossObjective.of(new PairwiseHingeLoss()).normalizedWeights(batch, workspace))
        .containsOnly(0);
  }

  @Test
  void pointwiseLossesLeaveLabelsBelowZeroOut() {
    LossBatch batch = batch().mask(true, true, true).build();
    LossObjective mean = LossObjective.of(new MeanSquaredLoss()).withReduction(Reduction.MEAN);

    // (1 - 2)^2 and (0 - 2)^2.
    assertThat(mean.evaluate(batch, workspace).value()).isEqualTo(2.5);
  }

  @Test
  void softmaxPushesTheScoreOfALabelBelowZeroDown() {
    LossBatch batch = batch(3, 0, -2).mask(true, true, true).build();
    double logSum = Math.log(2 * Math.exp(2) + Math.exp(5));

    assertThat(sum(new SoftmaxLoss(), batch))
        .isCloseTo(3 * (logSum - 2) - 2 * (logSum - 5), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void weightsOfAListAreAveragedByLabelsAboveZero() {
    LossBatch batch =
        batch(3, 1, -2).mask(true, true, true).itemWeights(Values.of(1.0, 5.0, 100.0)).build();

    assertThat(LossObjective.of(new ListMleLoss()).normalizedWeights(batch, workspace))
        .containsExactly((3 * 1 + 1 * 5) / 4.0);
  }

  @Test
  void itemsOutsideOfTheMaskTakeNoPartInTheWeightOfTheList() {
    LossBatch batch =
        batch(3, 1, 7).mask(true, true, false).itemWeights(Values.of(1.0, 5.0, 100.0)).build();

    assertThat(LossObjective.of(new ListMleLoss()).normalizedWeights(batch, workspace))
        .containsExactly((3 * 1 + 1 * 5) / 4.0);
  }

  @ParameterizedTest
  @EnumSource(
      value = LossKey.class,
      names = {
        "PAIRWISE_LOGISTIC",
        "UNIQUE_SOFTMAX",
        "LIST_MLE",
        "APPROX_NDCG",
        "APPROX_MRR",
        "NEURAL_SORT_NDCG"
      })
  void labelBelowZeroIsBestAtTheEnd(LossKey key) {
    LossBatch batch = batch(3, 0, -2).mask(true, true, true).build();
    double[] gradient = new double[3];

    LossObjective.of(key.withDefaults()).evaluate(batch, workspace, gradient);

    assertThat(gradient[0]).isNegative();
    assertThat(gradient[2]).isPositive();
  }

  @Test
  void labelThatIsNoNumberIsRefusedWhereTheMaskAdmitsIt() {
    assertThat(sum(new SoftmaxLoss(), batch(1, 0, Double.NaN).mask(true, true, false).build()))
        .isCloseTo(Math.log(2), within(Tolerances.DOUBLE_SUM));
    assertThatThrownBy(
            () ->
                sum(
                    new SoftmaxLoss(),
                    batch(1, 0, Double.NEGATIVE_INFINITY).mask(true, true, true).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label of list 0, item 2 must be finite, got -Infinity");
  }

  private double sum(RankingLoss loss, LossBatch batch) {
    return LossObjective.of(loss).withReduction(Reduction.SUM).evaluate(batch, workspace).value();
  }

  private static LossBatch.Builder batch() {
    return batch(1, 0, -2);
  }

  private static LossBatch.Builder batch(double... labels) {
    return LossBatch.of(1, 3).labels(Values.of(labels)).scores(Values.of(2.0, 2.0, 5.0));
  }
}
