package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.click.IpwPairwiseLogisticLoss;
import io.rankline.loss.click.IpwSigmoidCrossEntropyLoss;
import io.rankline.loss.click.IpwSoftmaxLoss;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.click.PositionBiasEstimator;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.testing.Tolerances;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InversePropensityTest {

  /** What some hundred thousand simulated impressions leave unsure. */
  private static final double SIMULATION = 0.03;

  private static final PositionBias BIAS = new PositionBias(1, 0.5, 0.25);

  @Test
  void clickCountsByTheInverseOfItsPosition() {
    // One click at position 3: four times the loss of the same click at position 1.
    double first = sum(new IpwSoftmaxLoss(BIAS), 1);
    double third = sum(new IpwSoftmaxLoss(BIAS), 3);

    assertThat(third).isCloseTo(4 * first, within(Tolerances.DOUBLE_SUM));
    assertThat(first).isCloseTo(sum(new SoftmaxLoss(), 1), within(Tolerances.DOUBLE_SUM));
    assertThat(sum(new IpwPairwiseLogisticLoss(BIAS), 3))
        .isCloseTo(4 * sum(new PairwiseLogisticLoss(), 3), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void propensityIsLimitedFromBelow() {
    assertThat(sum(new IpwSoftmaxLoss(BIAS, 0.5, 1), 3))
        .isCloseTo(2 * sum(new SoftmaxLoss(), 3), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void pointwiseLossIsThatOfRelevanceOnAverage() {
    // An item of relevance 0.6 at a position examined half of the time is clicked 3 times in 10:
    // the average over clicks is the cross entropy of label 0.6.
    double clicked = pointwise(1);
    double unclicked = pointwise(0);
    double score = 0.7;

    assertThat(0.3 * clicked + 0.7 * unclicked)
        .isCloseTo(Math.log(1 + Math.exp(score)) - 0.6 * score, within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void positionsAreThoseOfTheListWhereNoneAreGiven() {
    LossBatch batch =
        LossBatch.of(1, 3).labels(Values.of(0, 0, 1f)).scores(Values.of(0.1, 0.2, 0.3)).build();

    assertThat(sum(new IpwSoftmaxLoss(BIAS), batch))
        .isCloseTo(4 * sum(new SoftmaxLoss(), batch), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void biasIsFoundInSimulatedClicks() {
    double[] examination = {1, 0.7, 0.45, 0.3};
    Random random = new Random(7);
    PositionBiasEstimator odd = new PositionBiasEstimator();
    PositionBiasEstimator even = new PositionBiasEstimator();
    for (int impression = 0; impression < 400_000; impression++) {
      int item = random.nextInt(50);
      // Better items are shown higher up, but not always at one position.
      int position = Math.min(4, 1 + Math.max(0, item / 15 + random.nextInt(3) - 1));
      double attraction = 0.9 - 0.016 * item;
      boolean clicked = random.nextDouble() < examination[position - 1] * attraction;
      (impression % 2 == 0 ? even : odd).add(item, position, clicked);
    }
    even.merge(odd);

    PositionBias estimate = even.estimate();

    for (int k = 0; k < examination.length; k++) {
      assertThat(1 / estimate.inversePropensity(k + 1, 0.01))
          .isCloseTo(examination[k], within(SIMULATION));
    }
  }

  @Test
  void randomOrderGivesBiasByClickRates() {
    assertThat(PositionBias.ofRandomizedClicks(new long[] {100, 200}, new long[] {50, 25}))
        .isEqualTo(new PositionBias(1, 0.25));
  }

  @Test
  void powerLawFallsWithThePosition() {
    assertThat(PositionBias.ofPower(1, 3)).isEqualTo(new PositionBias(1, 0.5, 1 / 3.0));
    assertThat(PositionBias.ofPower(1, 2).inversePropensity(9, 0.01)).isEqualTo(2);
  }

  @Test
  void estimatorWithoutImpressionsSaysSo() {
    assertThatThrownBy(() -> new PositionBiasEstimator().estimate())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no impressions to estimate position bias from");
  }

  private static double pointwise(double click) {
    LossBatch batch =
        LossBatch.of(1, 1).labels(Values.of(click)).scores(Values.of(0.7)).positions(2).build();
    return sum(new IpwSigmoidCrossEntropyLoss(BIAS), batch);
  }

  /** Three items, the second clicked, at the given position. */
  private static double sum(RankingLoss loss, int position) {
    LossBatch batch =
        LossBatch.of(1, 3)
            .labels(Values.of(0, 1, 0f))
            .scores(Values.of(0.3, 0.1, -0.5))
            .positions(2, position, 9)
            .build();
    return sum(loss, batch);
  }

  private static double sum(RankingLoss loss, LossBatch batch) {
    return LossObjective.of(loss)
        .withReduction(Reduction.SUM)
        .evaluate(batch, new LossWorkspace())
        .value();
  }
}
