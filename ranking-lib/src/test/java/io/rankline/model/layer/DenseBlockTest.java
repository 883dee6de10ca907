package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.model.kernel.block.NormPlace;
import io.rankline.model.layer.trained.RowBlockConfiguration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DenseBlock and BatchNormRows in real computation graphs. */
class DenseBlockTest {

  private static final int INPUTS = 6;
  private static final int HIDDEN = 8;
  private static final int ROWS = 7;

  private static final double GRADIENT_STEP = 1e-6;
  private static final double GRADIENT_ERROR = 1e-5;

  /** Ten units in the last place of a loss near 10, over two steps: differences cannot tell it. */
  private static final double TINY_GRADIENT = 1e-8;

  static Stream<Arguments> layers() {
    return Stream.of(
            named("plain", block()),
            named("relu and dropout", block().activation(Activation.RELU).dropout(0.4)),
            named("norm before relu", block(NormPlace.BEFORE_ACTIVATION, Activation.RELU)),
            named(
                "norm before tanh with dropout",
                block(NormPlace.BEFORE_ACTIVATION, Activation.TANH).dropout(0.3)),
            named("norm after relu", block(NormPlace.AFTER_ACTIVATION, Activation.RELU)),
            named(
                "norm after sigmoid with dropout",
                block(NormPlace.AFTER_ACTIVATION, Activation.SIGMOID).dropout(0.3)),
            named("gelu", block().activation(Activation.GELU)),
            named("leaky relu", block().activation(Activation.LEAKYRELU)),
            named("no bias", block().hasBias(false)),
            named("groups", block().groups(1, 3, 1, 1).activation(Activation.RELU)),
            named(
                "groups with norm",
                block(NormPlace.BEFORE_ACTIVATION, Activation.RELU).groups(2, 4)))
        .flatMap(
            layer ->
                Stream.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)
                    .map(mode -> Arguments.of(layer.name, mode, layer.builder)));
  }

  private record Named(String name, DenseBlock.Builder builder) {}

  private static Named named(String name, DenseBlock.Builder builder) {
    return new Named(name, builder);
  }

  private static DenseBlock.Builder block() {
    return new DenseBlock.Builder().nIn(INPUTS).nOut(HIDDEN);
  }

  private static DenseBlock.Builder block(NormPlace norm, Activation activation) {
    return block().batchNorm(norm).activation(activation);
  }

  @ParameterizedTest(name = "{0}, workspaces {1}")
  @MethodSource("layers")
  void gradientsAreThoseOfTheOutput(String name, WorkspaceMode mode, DenseBlock.Builder builder) {
    ComputationGraph graph = graph(DataType.DOUBLE, mode, new Sgd(1), batchNorm(), builder.build());

    boolean holds = DoublePrecision.gradientsHold(check(graph));

    assertThat(holds).isTrue();
  }

  @ParameterizedTest(name = "{0}, workspaces {1}")
  @MethodSource("layers")
  void survivesJsonAndFilesWithWhatItLearned(
      String name, WorkspaceMode mode, DenseBlock.Builder builder) {
    ComputationGraph graph =
        graph(DataType.FLOAT, mode, new Adam(0.01), batchNorm(), builder.build());
    graph.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));

    ComputationGraph read = GraphTrips.throughBytes(graph);

    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
    assertThat(read.params()).isEqualTo(graph.params());
    assertThat(read.output(inputs(DataType.FLOAT))[0])
        .isEqualTo(graph.output(inputs(DataType.FLOAT))[0]);
    graph.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));
    read.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));
    assertThat(read.params()).isEqualTo(graph.params());
  }

  @ParameterizedTest(name = "{0}, workspaces {1}")
  @MethodSource("layers")
  void aSeedMakesTwentyStepsTheSameBitForBit(
      String name, WorkspaceMode mode, DenseBlock.Builder builder) {
    ComputationGraph once =
        graph(DataType.FLOAT, mode, new Adam(0.01), batchNorm(), builder.build());
    ComputationGraph again =
        graph(DataType.FLOAT, mode, new Adam(0.01), batchNorm(), builder.build());

    for (int step = 0; step < 20; step++) {
      once.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));
      again.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));
    }

    assertThat(again.params()).isEqualTo(once.params());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = NormPlace.class,
      names = {"BEFORE_ACTIVATION", "AFTER_ACTIVATION"})
  void aStepMovesTheRunningStatisticsByTheMomentum(NormPlace place) {
    DenseBlock block = block(place, Activation.IDENTITY).batchNormMoment(0.9).build();
    ComputationGraph graph = graph(DataType.FLOAT, WorkspaceMode.ENABLED, new Sgd(0), block);
    INDArray z = z(graph);
    double mean = z.getColumn(3).meanNumber().doubleValue();
    double variance = z.getColumn(3).var(false).getDouble(0);

    graph.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));

    assertThat(graph.getParam("1_mean").getDouble(3)).isCloseTo(0.1 * mean, within(1e-5));
    assertThat(graph.getParam("1_var").getDouble(3)).isCloseTo(0.9 + 0.1 * variance, within(1e-5));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void correctedStatisticsAreThoseOfTheBatchesAlone(DataType type) {
    DenseBlock block =
        block(NormPlace.BEFORE_ACTIVATION, Activation.IDENTITY)
            .batchNormMoment(0.9)
            .momentumCorrected()
            .build();
    ComputationGraph graph = graph(type, WorkspaceMode.ENABLED, new Sgd(0), block);
    INDArray first = inputs(type)[0];
    INDArray second = first.mul(3).addi(1);
    double[] means = new double[2];
    int step = 0;
    for (INDArray x : List.of(first, second)) {
      means[step++] = x.mmul(graph.getParam("1_W")).getColumn(3).meanNumber().doubleValue();
      graph.fit(new INDArray[] {x}, labels(type));
    }

    // Weights 0.1 * 0.9 and 0.1, divided by their sum, 1 - 0.9^2.
    double expected = (0.09 * means[0] + 0.1 * means[1]) / 0.19;
    assertThat(graph.getParam("1_mean").getDouble(3)).isCloseTo(expected, within(1e-5));
  }

  /** What batch norm of the layer "1" normalises, in plain loops. */
  private static INDArray z(ComputationGraph graph) {
    INDArray z = inputs(DataType.FLOAT)[0].mmul(graph.getParam("1_W"));
    INDArray bias = graph.getLayer("1").getParam("b");
    return bias == null ? z : z.addRowVector(bias);
  }

  @Test
  void parametersStartAsInKeras() {
    ComputationGraph graph =
        graph(
            DataType.FLOAT,
            WorkspaceMode.ENABLED,
            new Sgd(0),
            block(NormPlace.AFTER_ACTIVATION, Activation.RELU).build());

    double limit = Math.sqrt(6.0 / (INPUTS + HIDDEN));
    INDArray weights = graph.getParam("1_W");
    assertThat(weights.amaxNumber().doubleValue())
        .isLessThanOrEqualTo(limit)
        .isGreaterThan(0.7 * limit);
    assertThat(graph.getParam("1_b")).isEqualTo(Nd4j.zeros(HIDDEN));
    assertThat(graph.getParam("1_gamma")).isEqualTo(Nd4j.ones(HIDDEN));
    assertThat(graph.getParam("1_beta")).isEqualTo(Nd4j.zeros(HIDDEN));
    assertThat(graph.getParam("1_mean")).isEqualTo(Nd4j.zeros(HIDDEN));
    assertThat(graph.getParam("1_var")).isEqualTo(Nd4j.ones(HIDDEN));
  }

  @Test
  void groupsHaveTheFansOfTheGroup() {
    ComputationGraph graph =
        graph(DataType.FLOAT, WorkspaceMode.ENABLED, new Sgd(0), block().groups(1, 5).build());

    INDArray weights = graph.getParam("1_W");
    double narrow = Math.sqrt(6.0 / (1 + 4));
    double wide = Math.sqrt(6.0 / (5 + 4));
    for (int i = 0; i < 24; i++) {
      assertThat(Math.abs(weights.getDouble(i))).isLessThanOrEqualTo(i < 4 ? narrow : wide);
    }
    assertThat(weights.length()).isEqualTo((1 + 5) * 4);
  }

  @Test
  void noBiasWhereBatchNormTakesItAwayAgain() {
    DenseBlock block = block(NormPlace.BEFORE_ACTIVATION, Activation.RELU).build();

    assertThat(block.initializer().paramKeys(block))
        .containsExactly("W", "gamma", "beta", "mean", "var");
  }

  @Test
  void runningStatisticsAreNeitherUpdatedNorRegularized() {
    DenseBlock block = block(NormPlace.BEFORE_ACTIVATION, Activation.RELU).l2(0.1).build();
    ComputationGraph graph = graph(DataType.FLOAT, WorkspaceMode.ENABLED, new Adam(0.1), block);
    Layer configured = graph.getLayer("1").conf().getLayer();

    assertThat(configured.getUpdaterByParam("mean")).isInstanceOf(NoOp.class);
    assertThat(configured.getUpdaterByParam("var")).isInstanceOf(NoOp.class);
    assertThat(configured.getUpdaterByParam("gamma")).isInstanceOf(Adam.class);
    assertThat(graph.getLayer("1").updaterDivideByMinibatch("var")).isFalse();
    assertThat(graph.getLayer("1").updaterDivideByMinibatch("W")).isTrue();
    assertThat(configured.getRegularizationByParam("W")).isNotEmpty();
    for (String name : List.of("gamma", "beta", "mean", "var")) {
      assertThat(configured.getRegularizationByParam(name)).isNull();
    }
  }

  @Test
  void withoutInputGradientTheParametersLearnTheSame() {
    ComputationGraph with =
        graph(DataType.FLOAT, WorkspaceMode.ENABLED, new Adam(0.01), block().build());
    ComputationGraph without =
        graph(
            DataType.FLOAT,
            WorkspaceMode.ENABLED,
            new Adam(0.01),
            block().inputGradient(false).build());

    with.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));
    without.fit(inputs(DataType.FLOAT), labels(DataType.FLOAT));

    assertThat(without.params()).isEqualTo(with.params());
  }

  @Test
  void dropoutDropsAnotherPartInEveryStepAndNothingInInference() {
    ComputationGraph graph =
        graph(
            DataType.FLOAT,
            WorkspaceMode.NONE,
            new Sgd(0),
            block().nOut(100).dropout(0.25).build(),
            block().nIn(100).build());
    INDArray[] inputs = inputs(DataType.FLOAT);
    INDArray whole = firstLayer(graph, false, inputs);

    INDArray first = firstLayer(graph, true, inputs);
    graph.fit(inputs, labels(DataType.FLOAT));
    INDArray second = firstLayer(graph, true, inputs);

    long dropped = 0;
    for (int i = 0; i < ROWS * 100; i++) {
      double value = first.getDouble(i);
      dropped += value == 0 ? 1 : 0;
      if (value != 0) {
        assertThat(value).isCloseTo(whole.getDouble(i) / 0.75, within(1e-4));
      }
    }
    assertThat(dropped).isBetween(130L, 220L);
    assertThat(second.neq(first).castTo(DataType.INT32).sumNumber().intValue()).isGreaterThan(100);
  }

  @Test
  void noiseIsAddedInTrainingOnly() {
    BatchNormRows noisy = new BatchNormRows.Builder().nOut(INPUTS).noise(0.5).build();
    ComputationGraph graph =
        graph(DataType.FLOAT, WorkspaceMode.NONE, new Sgd(0), noisy, block().build());
    INDArray inputs = Nd4j.zeros(4000, INPUTS);

    INDArray inference = firstLayer(graph, false, inputs);
    INDArray training = firstLayer(graph, true, inputs);

    assertThat(inference).isEqualTo(Nd4j.zeros(4000, INPUTS));
    assertThat(training.meanNumber().doubleValue()).isCloseTo(0, within(0.02));
    assertThat(training.stdNumber().doubleValue()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void optionsOutOfRangeAreToldAllAtOnce() {
    DenseBlock.Builder wrong =
        new DenseBlock.Builder()
            .nIn(0)
            .nOut(0)
            .dropout(1)
            .batchNormMoment(1)
            .epsilon(0)
            .groups(1, 2, 3);

    assertThatThrownBy(wrong::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nOut must be 1 or more, got 0; batchNormMoment must be in (0, 1), got 1.0; epsilon"
                + " must be above 0, got 0.0; nIn must be 1 or more, got 0; dropout must be in"
                + " [0, 1), got 1.0; groups must add up to nIn, 0, got 6 columns in 3 groups");
  }

  @Test
  void groupsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> block().groups(2, 2, 2, 0).build())
        .hasMessage("groups must be widths of 1 or more, got [2, 2, 2, 0]");
    assertThatThrownBy(() -> block().groups(2, 2, 2).build())
        .hasMessage("nOut must be a multiple of the number of groups, 3, got 8");
  }

  @Test
  void negativeNoiseIsRefused() {
    assertThatThrownBy(() -> new BatchNormRows.Builder().nOut(3).noise(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("noise must be 0 or more, got -1.0");
  }

  @Test
  void dl4jsOwnDropoutOfTheInputIsRefused() {
    DenseBlock block = block().dropOut(0.5).build();

    assertThatThrownBy(() -> graph(DataType.FLOAT, WorkspaceMode.NONE, new Sgd(0), block))
        .hasMessage(
            "layer '1' takes neither DL4J's dropOut nor weightNoise; its own option is dropout");
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    ComputationGraph graph = graph(DataType.FLOAT, WorkspaceMode.NONE, new Sgd(0), block().build());

    assertThatThrownBy(() -> graph.output(Nd4j.zeros(3, 5)))
        .hasMessage("layer '1' takes rows of 6 columns, got shape [3, 5]");
  }

  private static INDArray firstLayer(ComputationGraph graph, boolean training, INDArray... inputs) {
    return Objects.requireNonNull(graph.feedForward(inputs, training).get("1")).dup();
  }

  private static BatchNormRows batchNorm() {
    return new BatchNormRows.Builder().nOut(INPUTS).build();
  }

  /** Layers named 1, 2, … on each other, and an output of two columns. */
  private static ComputationGraph graph(
      DataType type, WorkspaceMode mode, IUpdater updater, Layer... layers) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .dataType(type)
            .updater(updater)
            .miniBatch(false)
            .trainingWorkspaceMode(mode)
            .inferenceWorkspaceMode(mode)
            .graphBuilder()
            .addInputs("x");
    String last = "x";
    int width = 0;
    for (int i = 0; i < layers.length; i++) {
      String name = String.valueOf(i + 1);
      builder.addLayer(name, layers[i], last);
      width = Math.toIntExact(((RowBlockConfiguration) layers[i]).getNOut());
      last = name;
    }
    OutputLayer output =
        new OutputLayer.Builder(LossFunction.MSE)
            .nIn(width)
            .nOut(2)
            .activation(Activation.IDENTITY)
            .build();
    ComputationGraph graph =
        new ComputationGraph(builder.addLayer("out", output, last).setOutputs("out").build());
    graph.init();
    return graph;
  }

  private static GradientCheckUtil.GraphConfig check(ComputationGraph graph) {
    return new GradientCheckUtil.GraphConfig()
        .net(graph)
        .epsilon(GRADIENT_STEP)
        .maxRelError(GRADIENT_ERROR)
        .minAbsoluteError(TINY_GRADIENT)
        .inputs(inputs(DataType.DOUBLE))
        .labels(labels(DataType.DOUBLE))
        .excludeParams(Set.of("1_mean", "1_var", "2_mean", "2_var"));
  }

  private static INDArray[] inputs(DataType type) {
    return new INDArray[] {random(ROWS, INPUTS, 1, type)};
  }

  private static INDArray[] labels(DataType type) {
    return new INDArray[] {random(ROWS, 2, 2, type)};
  }

  private static INDArray random(int rows, int width, long seed, DataType type) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles((long) rows * width, -2, 2).toArray();
    return Nd4j.createFromArray(values).reshape('c', rows, width).castTo(type);
  }
}
