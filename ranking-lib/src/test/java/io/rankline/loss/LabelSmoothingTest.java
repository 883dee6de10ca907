package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.listwise.PolyOneSoftmaxLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.loss.pointwise.OrdinalLoss;
import io.rankline.loss.pointwise.SigmoidCrossEntropyLoss;
import io.rankline.testing.Tolerances;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LabelSmoothingTest {

  private static final double LN_2 = Math.log(2);
  private static final double LN_3 = Math.log(3);

  /** Softmax 1/2, 1/4, 1/4. */
  private static final double[] HALF_AND_QUARTERS = {LN_2, 0, 0};

  private final double[] gradient = new double[3];

  @Test
  void softmaxGivesAShareOfTheLabelsToAllItemsAlike() {
    // 2, 1, 0 sum to 3; 0.7 of each and 0.3 * 3 / 3 make 1.7, 1, 0.3.
    double loss = sum(new SoftmaxLoss(1, null, 0.3), labels(2, 1, 0), HALF_AND_QUARTERS);

    assertThat(loss).isCloseTo(1.7 * LN_2 + 1.3 * 2 * LN_2, within(Tolerances.DOUBLE_SUM));
    // 3 softmax less the label.
    assertGradient(1.5 - 1.7, 0.75 - 1, 0.75 - 0.3);
  }

  @Test
  void polyOneSoftmaxSmoothsTheSameLabels() {
    // q = 1.7 / 3, 1 / 3, 0.3 / 3; the further term is 3 epsilon (1 - sum of q softmax).
    double further = 3 - (1.7 / 2 + 1.0 / 4 + 0.3 / 4);
    double loss = sum(new PolyOneSoftmaxLoss(2, 1, null, 0.3), labels(2, 1, 0), HALF_AND_QUARTERS);

    assertThat(loss).isCloseTo(4.3 * LN_2 + 2 * further, within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void pairsOneGradeApartAreWrongWithThatProbability() {
    // The sigmoid of ln 3 is 3/4: the cross entropy of 0.9 with it, slope 3/4 - 0.9.
    double loss = sum(new PairwiseLogisticLoss(1, null, 0.1), labels(1, 0), LN_3, 0);

    assertThat(loss)
        .isCloseTo(-0.9 * Math.log(0.75) - 0.1 * Math.log(0.25), within(Tolerances.DOUBLE_SUM));
    assertGradient(0.75 - 0.9, 0.9 - 0.75);
  }

  @Test
  void theOddsOfAWrongPairFallWithEachGrade() {
    // 9 to 1 for a grade, so 81 to 1 for two; scores of 0 are 1/2.
    sum(new PairwiseLogisticLoss(1, null, 0.1), labels(3, 2, 1), 0, 0, 0);

    double one = 9.0 / 10 - 0.5;
    double two = 81.0 / 82 - 0.5;
    assertGradient(-one - two, 0, one + two);
  }

  @Test
  void pairsFarApartAreSmoothedToo() {
    // Scores so far apart that no quotient of exponentials is taken.
    double loss = sum(new PairwiseLogisticLoss(1, null, 0.1), labels(1, 0), 1000, 0);

    assertThat(loss).isCloseTo(0.1 * 1000, within(Tolerances.DOUBLE_SUM));
    assertGradient(1 - 0.9, 0.9 - 1);
  }

  @Test
  void pairsOfThemselvesHaveTheLossThatTheirSumHas() {
    LossBatch batch = batch(labels(2, 0, 1), 0.3, -0.2, 0.9);
    RankingLoss loss = new PairwiseLogisticLoss(1, null, 0.2);
    UnreducedLoss pairs = LossObjective.of(loss).unreduced(batch, new LossWorkspace());

    double sum = 0;
    for (int k = 0; k < pairs.losses().length; k++) {
      sum += pairs.losses()[k] * pairs.weights()[k];
    }

    assertThat(sum)
        .isCloseTo(sum(loss, labels(2, 0, 1), 0.3, -0.2, 0.9), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void ordinalThresholdsAreInDoubtByTheirDistance() {
    // Label 2 is two grades above 0, one above 1, and one below 3: odds 81, 9 and 1/9.
    sum(new OrdinalLoss(3, false, 1, 0.1), labels(2), 0, 0, 0);

    assertGradient(0.5 - 81.0 / 82, 0.5 - 0.9, 0.5 - 0.1);
  }

  @Test
  void sigmoidsAreDrawnTowardsOneHalf() {
    // 0.8 * 1 + 0.2 / 2 and 0.2 / 2.
    double loss = sum(new SigmoidCrossEntropyLoss(1, 0.2), labels(1, 0), LN_3, 0);

    assertThat(loss)
        .isCloseTo(
            -0.9 * Math.log(0.75) - 0.1 * Math.log(0.25) + LN_2, within(Tolerances.DOUBLE_SUM));
    assertGradient(0.75 - 0.9, 0.5 - 0.1);
  }

  @Test
  void sigmoidsRefuseGrades() {
    assertThatThrownBy(() -> sum(new SigmoidCrossEntropyLoss(1, 0.2), labels(2), 0))
        .hasMessage(
            "label_smoothing of sigmoid_cross_entropy_loss is for labels up to 1, got 2.0;"
                + " softmax_loss, pairwise_logistic_loss and ordinal_loss smooth grades");
  }

  @Test
  void fractionsOfGradesAreNotSmoothed() {
    assertThatThrownBy(() -> new OrdinalLoss(3, true, 1, 0.1))
        .hasMessage(
            "label_smoothing is for whole grades; leave use_fraction_label out, or it at 0, got"
                + " 0.1");
  }

  @Test
  void anOrderThatIsWrongHalfOfTheTimeIsNone() {
    assertThatThrownBy(() -> new PairwiseLogisticLoss(1, null, 0.5))
        .hasMessage("label_smoothing must lie in [0, 0.5), got 0.5");
    assertThatThrownBy(() -> new OrdinalLoss(3, false, 1, 0.5))
        .hasMessage("label_smoothing must lie in [0, 0.5), got 0.5");
    assertThatThrownBy(() -> new SoftmaxLoss(1, null, 1))
        .hasMessage("label_smoothing must lie in [0, 1), got 1.0");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "SOFTMAX",
        "POLY_ONE_SOFTMAX",
        "PAIRWISE_LOGISTIC",
        "ORDINAL",
        "SIGMOID_CROSS_ENTROPY",
        "MULTI_CLASS"
      })
  void lossesWithoutAMeaningForItRefuseIt(LossKey key) {
    String refusal =
        key.wireName()
            + " takes no label_smoothing, which has no meaning in it; use softmax_loss,"
            + " poly_one_softmax_loss, pairwise_logistic_loss, ordinal_loss,"
            + " sigmoid_cross_entropy_loss or multi_class_loss";

    assertThatThrownBy(() -> key.create(Map.of("label_smoothing", 0.1))).hasMessage(refusal);
    assertThatThrownBy(
            () -> LossText.parse("{name = %s, label_smoothing = 0.1}".formatted(key.wireName())))
        .hasMessageContaining("loss: 1: label_smoothing must be left out: " + refusal);
  }

  @Test
  void itIsReadAndWrittenButWhereItIsNone() {
    String text = "{name = softmax_loss, label_smoothing = 0.1}";

    assertThat(LossText.parse(text)).isEqualTo(LossObjective.of(new SoftmaxLoss(1, null, 0.1)));
    assertThat(LossText.parse(LossText.render(LossText.parse(text))))
        .isEqualTo(LossText.parse(text));
    // As versions without it wrote: they read exports of this one.
    assertThat(LossText.render(LossObjective.of(new SoftmaxLoss())))
        .isEqualTo(
            "{\"losses\":[{\"lambda_weight\":\"none\",\"name\":\"softmax_loss\","
                + "\"temperature\":1.0,\"weight\":1.0}],"
                + "\"reduction\":\"auto\"}");
  }

  private static double[] labels(double... labels) {
    return labels;
  }

  private double sum(RankingLoss loss, double[] labels, double... scores) {
    LossObjective objective = LossObjective.of(loss).withReduction(Reduction.SUM);
    return objective.evaluate(batch(labels, scores), new LossWorkspace(), gradient).value();
  }

  private static LossBatch batch(double[] labels, double... scores) {
    return LossBatch.of(1, labels.length)
        .labels(Values.of(labels))
        .scores(Values.of(scores))
        .outputs(scores.length / labels.length)
        .build();
  }

  private void assertGradient(double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[i])
          .as("item %s", i)
          .isCloseTo(expected[i], within(Tolerances.DOUBLE_SUM));
    }
  }
}
