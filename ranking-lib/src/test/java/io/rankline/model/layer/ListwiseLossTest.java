package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.LossBatch;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossWorkspace;
import io.rankline.loss.Reduction;
import io.rankline.loss.Values;
import io.rankline.loss.form.CustomLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.loss.pointwise.MeanSquaredLoss;
import io.rankline.loss.pointwise.OrdinalLoss;
import io.rankline.loss.sampling.GumbelApproxNdcgLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

class ListwiseLossTest {

  private static final int LISTS = 3;
  private static final int LENGTH = 4;
  private static final int WIDTH = 5;

  /** Three lists of 3, 4 and 0 items. */
  private static final double[] LABELS = {2, 0, 1, -1, 0, 3, 1, 1, -1, -1, -1, -1};

  /** Sums of doubles in another order. */
  private static final double SAME_IN_DOUBLE = 1e-12;

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void gradientOfOneTaskPassesTheCheck(WorkspaceMode mode) {
    ComputationGraph graph = graph(mode, DataType.DOUBLE, new NoOp(), loss(new SoftmaxLoss()));

    assertThat(gradientsHold(graph, null)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void gradientOfTwoTasksPassesTheCheck(WorkspaceMode mode) {
    ComputationGraph graph =
        graph(
            mode,
            DataType.DOUBLE,
            new NoOp(),
            new ListwiseLoss(LossObjective.of(new SoftmaxLoss()), 0.3),
            new ListwiseLoss(LossObjective.of(new ApproxNdcgLoss(0.5)), 0.7));

    assertThat(gradientsHold(graph, null)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void gradientOfALossWithSeveralScoresAnItemPassesTheCheck(WorkspaceMode mode) {
    ComputationGraph graph = graph(mode, DataType.DOUBLE, new NoOp(), loss(new OrdinalLoss(2)));

    assertThat(gradientsHold(graph, null)).isTrue();
  }

  @Test
  void gradientUnderItemWeightsPassesTheCheck() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.DOUBLE, new NoOp(), loss(new PairwiseLogisticLoss()));
    INDArray weights = Nd4j.rand(DataType.DOUBLE, LISTS, LENGTH).addi(0.1);

    assertThat(gradientsHold(graph, weights)).isTrue();
  }

  @Test
  void gradientUnderListWeightsPassesTheCheck() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.DOUBLE, new NoOp(), loss(new SoftmaxLoss()));
    INDArray weights = Nd4j.createFromArray(0.5, 2.0, 1.0).reshape(LISTS, 1);

    assertThat(gradientsHold(graph, weights)).isTrue();
  }

  @Test
  void scoreIsTheLossOfTheLogits() {
    LossObjective objective = LossObjective.of(new SoftmaxLoss()).withReduction(Reduction.MEAN);
    ComputationGraph graph =
        graph(
            WorkspaceMode.ENABLED,
            DataType.DOUBLE,
            new Sgd(0.1),
            new ListwiseLoss(objective, 0.25));
    double[] logits = graph.outputSingle(input(DataType.DOUBLE)).dup('c').data().asDouble();
    LossBatch batch =
        LossBatch.of(LISTS, LENGTH).labels(Values.of(LABELS)).scores(Values.of(logits)).build();

    double score = graph.score(batch(graph, null), true);

    assertThat(score)
        .isCloseTo(
            0.25 * objective.evaluate(batch, new LossWorkspace()).value(), within(SAME_IN_DOUBLE));
  }

  @Test
  void scoreOfAStepIsThatOfItsLogitsWithoutDivisionByListsAndWithRegularisation() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.DOUBLE, new Sgd(0.1), loss(new SoftmaxLoss()));
    double before = graph.score(batch(graph, null), true);

    graph.fit(batch(graph, null));

    assertThat(graph.score()).isEqualTo(before);
    assertThat(graph.score(batch(graph, null), true)).isLessThan(before);
  }

  @Test
  void outputsAreTheLogitsOfTheLayerBelow() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.FLOAT, new Sgd(0.1), loss(new SoftmaxLoss()));
    INDArray input = input(DataType.FLOAT);

    INDArray output = graph.outputSingle(input);

    INDArray weights = graph.getParam("dense0_W");
    assertThat(output).isEqualTo(Nd4j.nn().tanh(input.mmul(weights)));
  }

  @Test
  void labelsAndWeightsAreLeftAlone() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.FLOAT, new Sgd(0.1), loss(new SoftmaxLoss()));
    INDArray weights = Nd4j.ones(DataType.FLOAT, LISTS, LENGTH);
    MultiDataSet batch = batch(graph, weights);

    graph.fit(batch);
    graph.score(batch);

    assertThat(batch.getLabels(0)).isEqualTo(labels(DataType.FLOAT));
    assertThat(weights).isEqualTo(Nd4j.ones(DataType.FLOAT, LISTS, LENGTH));
  }

  @Test
  void weightsOfOneStepAreNotThoseOfTheNext() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.DOUBLE, new Sgd(0), loss(new SoftmaxLoss()));
    graph.fit(batch(graph, null));
    double plain = graph.score();
    INDArray twice = Nd4j.ones(DataType.DOUBLE, LISTS, 1).muli(2);

    graph.fit(batch(graph, twice));
    double weighted = graph.score();
    graph.fit(batch(graph, null));

    assertThat(weighted).isCloseTo(2 * plain, within(SAME_IN_DOUBLE));
    assertThat(graph.score()).isEqualTo(plain);
  }

  @Test
  void scoresOfListsAddUpToThatOfTheBatchUnderTheSum() {
    LossObjective sum =
        LossObjective.parse("softmax_loss:0.4,approx_ndcg_loss:0.6").withReduction(Reduction.SUM);
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.DOUBLE, new NoOp(), new ListwiseLoss(sum, 2));

    INDArray each = graph.scoreExamples(batch(graph, null), false);

    assertThat(each.shape()).containsExactly(LISTS, 1);
    assertThat(each.getDouble(2, 0)).isZero();
    assertThat(each.sumNumber().doubleValue())
        .isCloseTo(graph.score(batch(graph, null)), within(SAME_IN_DOUBLE));
  }

  @Test
  void sampledLossesDrawAnewInEveryStepAndAlikeInTheSame() {
    GumbelSampler sampler = new GumbelSampler(4, 1, 7L);
    ComputationGraph graph =
        graph(
            WorkspaceMode.ENABLED,
            DataType.DOUBLE,
            new Sgd(0),
            loss(new GumbelApproxNdcgLoss(0.1, sampler)));
    ComputationGraph twin =
        graph(
            WorkspaceMode.ENABLED,
            DataType.DOUBLE,
            new Sgd(0),
            loss(new GumbelApproxNdcgLoss(0.1, sampler)));

    graph.fit(batch(graph, null));
    twin.fit(batch(twin, null));
    double first = graph.score();
    graph.fit(batch(graph, null));

    assertThat(twin.score()).isEqualTo(first);
    assertThat(graph.score()).isNotEqualTo(first);
  }

  @Test
  void modelFilesBringBackTheLossAndGoOnTheSame() throws IOException {
    LossObjective objective =
        LossObjective.of(new PairwiseLogisticLoss(0.5, DcgLambdaWeight.ndcg().withTopn(3)))
            .withReduction(Reduction.SUM_BY_NONZERO_WEIGHTS);
    ComputationGraph graph =
        graph(
            WorkspaceMode.ENABLED,
            DataType.FLOAT,
            new Sgd(0.1),
            new ListwiseLoss(objective, 0.3),
            new ListwiseLoss(LossObjective.parse("softmax_loss"), 0.7));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, file, true);

    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file.toByteArray()), true);
    graph.fit(batch(graph, null));
    restored.fit(batch(restored, null));

    assertThat(restored.getConfiguration()).isEqualTo(graph.getConfiguration());
    assertThat(restored.score()).isEqualTo(graph.score());
    assertThat(restored.params()).isEqualTo(graph.params());
  }

  @Test
  void aLossThatCannotBeWrittenIsRefusedWhenTheNetworkIsSaved() {
    ComputationGraphConfiguration configuration =
        graph(WorkspaceMode.NONE, DataType.FLOAT, new NoOp(), loss(new ScaledLoss(2)))
            .getConfiguration();

    assertThatThrownBy(configuration::toJson)
        .hasStackTraceContaining(
            "scaled_loss (io.rankline.model.layer.ListwiseLossTest$ScaledLoss) cannot be written as"
                + " text: a loss of your own is written by its class, which needs a constructor"
                + " without parameters that makes an equal loss");
  }

  @Test
  void aScoreThatIsNoNumberIsTheLosssOwnError() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.FLOAT, new Sgd(0.1), loss(new SoftmaxLoss()));
    graph.params().assign(Float.NaN);

    assertThatThrownBy(() -> graph.fit(batch(graph, null)))
        .hasMessage("score of list 0, item 0 must be finite, got NaN");
  }

  @Test
  void labelsOfAnotherShapeAreRefused() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.FLOAT, new Sgd(0.1), loss(new SoftmaxLoss()));
    MultiDataSet batch =
        new org.nd4j.linalg.dataset.MultiDataSet(
            input(DataType.FLOAT), Nd4j.zeros(LISTS, LENGTH + 1));

    assertThatThrownBy(() -> graph.fit(batch))
        .hasMessage("labels must have shape [3, 4] like the logits, got [3, 5]");
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    ComputationGraph graph =
        graph(WorkspaceMode.ENABLED, DataType.FLOAT, new Sgd(0.1), loss(new SoftmaxLoss()));

    assertThatThrownBy(() -> graph.fit(batch(graph, Nd4j.ones(DataType.FLOAT, LISTS, 2))))
        .hasMessage("weights must have shape [3, 4] for items or [3, 1] for lists, got [3, 2]");
  }

  @Test
  void aTaskWeightThatIsNotFiniteIsRefused() {
    LossObjective objective = LossObjective.of(new MeanSquaredLoss());

    assertThatThrownBy(() -> new ListwiseLoss(objective, Double.NaN))
        .hasMessage("the weight of a task must be finite, got NaN");
  }

  /** A loss with a parameter that text has no place for. */
  record ScaledLoss(double factor) implements CustomLoss {
    @Override
    public String wireName() {
      return "scaled_loss";
    }

    @Override
    public double lossAndGradient(
        double[] labels, double[] scores, double[] weights, int size, double[] gradient) {
      return 0;
    }
  }

  private static ListwiseLoss loss(io.rankline.loss.form.RankingLoss loss) {
    return new ListwiseLoss(loss);
  }

  /** Features [B, 5], one dense layer a task, logits [B, 4] or [B, 4, M]. */
  private static ComputationGraph graph(
      WorkspaceMode mode, DataType type, IUpdater updater, ListwiseLoss... tasks) {
    var builder =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .dataType(type)
            .updater(updater)
            .miniBatch(false)
            .trainingWorkspaceMode(mode)
            .inferenceWorkspaceMode(mode)
            .graphBuilder()
            .addInputs("features");
    String[] outputs = new String[tasks.length];
    for (int t = 0; t < tasks.length; t++) {
      int scores = tasks[t].objective().outputs();
      builder.addLayer(
          "dense" + t,
          new DenseLayer.Builder()
              .nIn(WIDTH)
              .nOut(LENGTH * scores)
              .hasBias(false)
              .activation(Activation.TANH)
              .build(),
          "features");
      String logits = "dense" + t;
      if (scores > 1) {
        builder.addVertex("shape" + t, new ReshapeVertex(-1, LENGTH, scores), logits);
        logits = "shape" + t;
      }
      outputs[t] = "loss" + t;
      builder.addLayer(outputs[t], tasks[t], logits);
    }
    ComputationGraph graph = new ComputationGraph(builder.setOutputs(outputs).build());
    graph.init();
    return graph;
  }

  private static boolean gradientsHold(ComputationGraph graph, @Nullable INDArray weights) {
    int tasks = graph.getNumOutputArrays();
    INDArray[] labels = new INDArray[tasks];
    INDArray[] masks = weights == null ? null : new INDArray[tasks];
    for (int t = 0; t < tasks; t++) {
      labels[t] = labels(DataType.DOUBLE);
      if (masks != null) {
        masks[t] = weights;
      }
    }
    return DoublePrecision.gradientsHold(
        new GradientCheckUtil.GraphConfig()
            .net(graph)
            .inputs(new INDArray[] {input(DataType.DOUBLE)})
            .labels(labels)
            .labelMask(masks));
  }

  private static MultiDataSet batch(ComputationGraph graph, @Nullable INDArray weights) {
    DataType type = graph.params().dataType();
    int tasks = graph.getNumOutputArrays();
    INDArray[] labels = new INDArray[tasks];
    INDArray[] masks = weights == null ? null : new INDArray[tasks];
    for (int t = 0; t < tasks; t++) {
      labels[t] = labels(type);
      if (masks != null) {
        masks[t] = weights;
      }
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {input(type)}, labels, null, masks);
  }

  private static INDArray labels(DataType type) {
    return Nd4j.createFromArray(LABELS).reshape(LISTS, LENGTH).castTo(type);
  }

  private static INDArray input(DataType type) {
    Random random = new Random(3);
    double[] values = random.doubles(LISTS * WIDTH, -1, 1).toArray();
    return Nd4j.createFromArray(values).reshape(LISTS, WIDTH).castTo(type);
  }
}
