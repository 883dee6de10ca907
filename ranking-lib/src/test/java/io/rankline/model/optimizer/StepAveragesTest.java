package io.rankline.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class StepAveragesTest {

  private static final double FLOAT_SUM = 1e-5;

  private static final Optimizer ADAM = Optimizer.of("adam").withLearningRate(0.05);

  @Test
  void theMovingAverageIsThatOfTheParametersAfterEachStep() {
    ComputationGraph network = network(ADAM.withAverages(StepAverages.ema(0.8)));
    INDArray expected = trainable(network);

    for (int t = 0; t < 7; t++) {
      SmallNetwork.train(network, 1);
      expected = expected.mul(0.8).addi(trainable(network).mul(0.2));
    }

    assertAverages(network, expected);
  }

  @Test
  void stochasticWeightAveragingIsTheMeanOfAllUpdatesAfterItsStart() {
    ComputationGraph network = network(ADAM.withAverages(StepAverages.swa(3)));

    SmallNetwork.train(network, 3);
    assertAverages(network, trainable(network));
    List<INDArray> after = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      SmallNetwork.train(network, 1);
      after.add(trainable(network));
    }

    INDArray sum = after.get(0).dup();
    after.subList(1, 4).forEach(sum::addi);
    assertAverages(network, sum.div(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adagrad", "sgd"})
  void averagesLeaveTheTrainingAsItIs(String name) {
    Optimizer optimizer = Optimizer.of(name).withLearningRate(0.05);
    ComputationGraph plain = network(optimizer);
    ComputationGraph averaged = network(optimizer.withAverages(StepAverages.ema(0.9)));

    SmallNetwork.train(plain, 5);
    SmallNetwork.train(averaged, 5);

    assertThat(averaged.params()).isEqualTo(plain.params());
    assertThat(AveragedParameters.of(plain)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adagrad", "sgd"})
  void threeStepsOnOneBatchAreOneUpdate(String name) {
    Optimizer optimizer = Optimizer.of(name).withLearningRate(0.05);
    ComputationGraph plain = network(optimizer);
    ComputationGraph accumulating = network(optimizer.withAverages(StepAverages.ofGradients(3)));
    INDArray before = trainable(accumulating);

    SmallNetwork.train(accumulating, 2);
    assertThat(trainable(accumulating)).isEqualTo(before);
    SmallNetwork.train(accumulating, 4);
    SmallNetwork.train(plain, 2);

    assertThat(trainable(accumulating).distance2(trainable(plain))).isLessThan(FLOAT_SUM);
    assertThat(trainable(plain).distance2(before)).isGreaterThan(0.01);
  }

  @Test
  void gradientsOfSeveralBatchesAreAveraged() {
    Optimizer optimizer = Optimizer.of("sgd").withLearningRate(0.05);
    ComputationGraph accumulating = network(optimizer.withAverages(StepAverages.ofGradients(2)));
    DataSet one = SmallNetwork.data();
    DataSet other = new DataSet(one.getFeatures().mul(-0.5), one.getLabels().add(1));
    INDArray start = trainable(accumulating);
    INDArray both = start.mul(0);
    for (DataSet batch : List.of(one, other)) {
      ComputationGraph alone = network(optimizer);
      alone.fit(batch);
      both.addi(trainable(alone).subi(start));
    }

    accumulating.fit(one);
    accumulating.fit(other);

    assertThat(trainable(accumulating).sub(start).distance2(both.div(2))).isLessThan(FLOAT_SUM);
  }

  @Test
  void theyAreReadBackFromTextAndFromANetworksJson() {
    StepAverages all = new StepAverages(4, true, 0.5, null);
    Optimizer optimizer = ADAM.withAverages(all);

    assertThat(Optimizer.parse(optimizer.render())).isEqualTo(optimizer);
    assertThat(
            Optimizer.parse("{name = adam, gradient_accumulation_steps = 2, swa_start = 30}")
                .averages())
        .isEqualTo(new StepAverages(2, false, 0.99, 30L));
    ComputationGraphConfiguration written = network(optimizer).getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(written.toJson())).isEqualTo(written);
    assertThat(ADAM.render()).doesNotContain("ema", "accumulation");
    assertThat(network(ADAM).getConfiguration().toJson()).doesNotContain("averages");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> new StepAverages(0, true, 1, 5L))
        .hasMessage(
            """
            gradient_accumulation_steps must be 1 or more, got 0
            ema_momentum must lie in [0, 1), got 1.0
            one of use_ema and swa_start can be set, got true and 5\
            """);
    assertThatThrownBy(() -> Optimizer.of("adamw").withAverages(StepAverages.ema(0.9)))
        .hasMessage(
            "weight_decay must be 0 with use_ema, swa_start and gradient_accumulation_steps, got"
                + " 0.004; l2 of the pipeline is a penalty that goes with them");
    assertThatThrownBy(
            () ->
                ADAM.withClipping(GradientClipping.byNorm(1))
                    .withAverages(StepAverages.ofGradients(2)))
        .hasMessage(
            "gradient_accumulation_steps = 2 goes without limits on gradients, which would cut each"
                + " step's gradient and not their mean");
  }

  private static ComputationGraph network(Optimizer optimizer) {
    return SmallNetwork.of(optimizer, Regularizer.NONE);
  }

  private static void assertAverages(ComputationGraph network, INDArray expected) {
    INDArray parameters = network.params().dup();
    INDArray averages = AveragedParameters.of(network).orElseThrow();
    network.params().assign(averages);
    INDArray average = trainable(network);
    network.params().assign(parameters);
    assertThat(average.distance2(expected)).isLessThan(FLOAT_SUM);
  }

  /** The weights of both dense layers, one after the other. */
  private static INDArray trainable(ComputationGraph network) {
    INDArray dense = network.getParam("dense_W");
    INDArray out = network.getParam("out_W");
    return Nd4j.concat(0, dense.dup().reshape(dense.length()), out.dup().reshape(out.length()));
  }
}
