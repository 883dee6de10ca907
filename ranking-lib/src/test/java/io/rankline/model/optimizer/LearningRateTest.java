package io.rankline.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.model.optimizer.rate.ConstantRate;
import io.rankline.model.optimizer.rate.CosineDecay;
import io.rankline.model.optimizer.rate.CosineDecayRestarts;
import io.rankline.model.optimizer.rate.ExponentialDecay;
import io.rankline.model.optimizer.rate.InverseTimeDecay;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.optimizer.rate.PiecewiseConstantDecay;
import io.rankline.model.optimizer.rate.PolynomialDecay;
import io.rankline.model.optimizer.rate.WarmUp;
import io.rankline.model.optimizer.rule.SgdRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class LearningRateTest {

  private static final double ROUNDING = 1e-15;

  static Stream<LearningRate> rates() {
    return Stream.of(
        new ConstantRate(0.02),
        new ExponentialDecay(0.01, 10, 0.5, false),
        new ExponentialDecay(0.01, 10, 0.5, true),
        new InverseTimeDecay(0.01, 10, 0.5, true),
        new PolynomialDecay(0.01, 10, 0.01, 2, false),
        new PolynomialDecay(0.01, 10, 0.01, 2, true),
        new PiecewiseConstantDecay(List.of(5.0, 9.0), List.of(0.01, 0.005, 0.001)),
        new CosineDecay(0.01, 10),
        new CosineDecay(0.001, 10, 0.1, 0.01, 5),
        new CosineDecayRestarts(0.01, 10),
        new CosineDecayRestarts(0.01, 10, 1, 0.5, 0.1),
        new WarmUp(4, new ExponentialDecay(0.01, 10, 0.5, false)));
  }

  @Test
  void exponentialDecay() {
    LearningRate smooth = new ExponentialDecay(0.1, 10, 0.5, false);
    LearningRate stairs = new ExponentialDecay(0.1, 10, 0.5, true);

    assertThat(smooth.at(0)).isEqualTo(0.1);
    assertThat(smooth.at(15)).isCloseTo(0.1 * Math.pow(0.5, 1.5), within(ROUNDING));
    assertThat(stairs.at(19)).isEqualTo(0.05);
    assertThat(stairs.at(20)).isEqualTo(0.025);
  }

  @Test
  void inverseTimeDecay() {
    LearningRate smooth = new InverseTimeDecay(0.1, 10, 0.5, false);
    LearningRate stairs = new InverseTimeDecay(0.1, 10, 0.5, true);

    assertThat(smooth.at(15)).isCloseTo(0.1 / (1 + 0.5 * 1.5), within(ROUNDING));
    assertThat(stairs.at(15)).isCloseTo(0.1 / 1.5, within(ROUNDING));
  }

  @Test
  void polynomialDecay() {
    LearningRate once = new PolynomialDecay(0.1, 10, 0.01, 2, false);
    LearningRate again = new PolynomialDecay(0.1, 10, 0.01, 2, true);

    assertThat(once.at(4)).isCloseTo(0.09 * 0.6 * 0.6 + 0.01, within(ROUNDING));
    assertThat(once.at(25)).isEqualTo(0.01);
    assertThat(again.at(0)).isEqualTo(0.1);
    assertThat(again.at(10)).isEqualTo(0.01);
    // The period is 20 from step 11 on.
    assertThat(again.at(12)).isCloseTo(0.09 * 0.4 * 0.4 + 0.01, within(ROUNDING));
  }

  @Test
  void piecewiseConstantDecayChangesAfterItsBoundaries() {
    LearningRate rate = new PiecewiseConstantDecay(List.of(5.0, 9.0), List.of(0.1, 0.05, 0.01));

    assertThat(List.of(rate.at(0), rate.at(5), rate.at(6), rate.at(9), rate.at(10)))
        .containsExactly(0.1, 0.1, 0.05, 0.05, 0.01);
  }

  @Test
  void cosineDecay() {
    LearningRate rate = new CosineDecay(0.1, 10, 0.2, null, 0);

    assertThat(rate.at(0)).isEqualTo(0.1);
    assertThat(rate.at(5)).isCloseTo(0.1 * (0.8 * 0.5 + 0.2), within(ROUNDING));
    assertThat(rate.at(10)).isCloseTo(0.02, within(ROUNDING));
    assertThat(rate.at(1000)).isCloseTo(0.02, within(ROUNDING));
  }

  @Test
  void cosineDecayWarmsUpToItsTarget() {
    LearningRate rate = new CosineDecay(0.01, 10, 0, 0.11, 5);

    assertThat(rate.at(0)).isEqualTo(0.01);
    assertThat(rate.at(2)).isCloseTo(0.05, within(ROUNDING));
    assertThat(rate.at(5)).isEqualTo(0.11);
    assertThat(rate.at(10)).isCloseTo(0.055, within(ROUNDING));
    assertThat(rate.at(15)).isCloseTo(0, within(ROUNDING));
  }

  @Test
  void cosineDecayRestartsWithLongerAndLowerPeriods() {
    LearningRate rate = new CosineDecayRestarts(0.1, 10, 2, 0.5, 0);

    assertThat(rate.at(5)).isCloseTo(0.05, within(ROUNDING));
    assertThat(rate.at(10)).isCloseTo(0.05, within(ROUNDING));
    assertThat(rate.at(20)).isCloseTo(0.025, within(ROUNDING));
    assertThat(rate.at(30)).isCloseTo(0.025, within(ROUNDING));
    assertThat(new CosineDecayRestarts(0.1, 10, 1, 0.5, 0).at(25))
        .isCloseTo(0.0125, within(ROUNDING));
  }

  @Test
  void warmUpScalesTheFirstSteps() {
    LearningRate rate = new WarmUp(4, LearningRate.constant(0.8));

    assertThat(List.of(rate.at(0), rate.at(1), rate.at(3), rate.at(4)))
        .containsExactly(0.2, 0.4, 0.8, 0.8);
  }

  @ParameterizedTest
  @MethodSource("rates")
  void everyRateIsReadBackFromText(LearningRate rate) {
    Optimizer optimizer = Optimizer.of("sgd").withLearningRate(rate);

    assertThat(Optimizer.parse(optimizer.render())).isEqualTo(optimizer);
  }

  @ParameterizedTest
  @MethodSource("rates")
  void networksTrainByTheRateOfTheStepAlsoAfterTheyAreSaved(LearningRate rate) throws IOException {
    ComputationGraph graph =
        SmallNetwork.of(Optimizer.of("sgd").withLearningRate(rate), Regularizer.NONE);
    SmallNetwork.train(graph, 3);

    ComputationGraph restored = saved(graph);

    assertThat(LearningRates.current(restored)).isEqualTo(rate.at(3));
    SmallNetwork.train(restored, 1);
    assertThat(LearningRates.current(restored)).isEqualTo(rate.at(4));
  }

  @Test
  void theRateCanBeSetWhileANetworkTrainsAndKeepsTheStateOfItsOptimizer() throws IOException {
    Optimizer optimizer = Optimizer.of(new SgdRule(0.5, false)).withLearningRate(0.001);
    ComputationGraph graph = SmallNetwork.of(optimizer, Regularizer.NONE);
    SmallNetwork.train(graph, 3);
    INDArray velocity = graph.getUpdater().getStateViewArray().dup();

    LearningRates.set(graph, 0);
    INDArray before = graph.getParam("dense_W").dup();
    SmallNetwork.train(graph, 1);

    // With a rate of 0 only the velocity moves the weights: half of what it was.
    INDArray moved = before.sub(graph.getParam("dense_W"));
    assertThat(moved.norm2Number().doubleValue()).isGreaterThan(0);
    assertThat(graph.getUpdater().getStateViewArray()).isEqualTo(velocity.mul(0.5));
    assertThat(LearningRates.current(graph)).isZero();
    assertThat(LearningRates.current(saved(graph))).isZero();
  }

  @Test
  void aScheduleGoesOnScaled() throws IOException {
    LearningRate rate = new ExponentialDecay(0.1, 10, 0.5, false);
    ComputationGraph graph =
        SmallNetwork.of(Optimizer.of("adam").withLearningRate(rate), Regularizer.NONE);
    SmallNetwork.train(graph, 2);

    LearningRates.scale(graph, 0.5);
    LearningRates.scale(graph, 0.5);

    assertThat(LearningRates.current(graph)).isEqualTo(0.25 * rate.at(2));
    SmallNetwork.train(graph, 1);
    assertThat(LearningRates.current(graph)).isEqualTo(0.25 * rate.at(3));
    assertThat(LearningRates.current(saved(graph))).isEqualTo(0.25 * rate.at(3));
  }

  @Test
  void anUnknownScheduleIsToldWithTheNearest() {
    assertThatThrownBy(
            () -> Optimizer.parse("{name = sgd, learning_rate = {name = ExponentialDecy}}"))
        .hasMessage(
            "optimizer: 1: learning_rate.name is no known schedule, got 'exponential_decy';"
                + " expected one of exponential_decay, polynomial_decay, inverse_time_decay,"
                + " cosine_decay, piecewise_constant_decay, constant, cosine_decay_restarts");
  }

  @Test
  void impossibleSchedulesAreRefused() {
    assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(2.0), List.of(0.1)))
        .hasMessage("values must be one more than boundaries, 2, got 1");
    assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(2.0, 2.0), List.of(1.0, 1.0, 1.0)))
        .hasMessage("boundaries must ascend, got [2.0, 2.0]");
    assertThatThrownBy(() -> new ExponentialDecay(0.1, 0, 0.9, false))
        .hasMessage("decay_steps must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> new CosineDecayRestarts(0.1, 10, 0.5, 1, 0))
        .hasMessage("t_mul must be 1 or more and finite, got 0.5");
    assertThatThrownBy(() -> new WarmUp(0, LearningRate.constant(1)))
        .hasMessage("warm_up_steps must be 1 or more, got 0");
  }

  private static ComputationGraph saved(ComputationGraph graph) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, file, true);
    return ModelSerializer.restoreComputationGraph(
        new ByteArrayInputStream(file.toByteArray()), true);
  }
}
