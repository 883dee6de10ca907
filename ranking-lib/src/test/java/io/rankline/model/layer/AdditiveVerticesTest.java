package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.LossObjective;
import io.rankline.testing.Tolerances;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** SubWeights and AdditiveScore in real computation graphs. */
class AdditiveVerticesTest {

  @Test
  void weightsAreTheSumOfTheTowersSoftmaxes() {
    ComputationGraph graph =
        graph(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("towers")
                .addVertex("weights", new SubWeights(2), "towers")
                .setOutputs("weights"));

    INDArray weights =
        graph.output(Nd4j.createFromArray(new double[][] {{0, 0, 1, 3}, {2, 1, 5, 5}}))[0];

    double third = Math.exp(3) / (Math.exp(1) + Math.exp(3));
    double first = Math.exp(2) / (Math.exp(1) + Math.exp(2));
    assertThat(weights.getDouble(0, 0)).isCloseTo(0.5 + 1 - third, sum());
    assertThat(weights.getDouble(0, 1)).isCloseTo(0.5 + third, sum());
    assertThat(weights.getDouble(1, 0)).isCloseTo(first + 0.5, sum());
    assertThat(weights.getDouble(1, 1)).isCloseTo(1 - first + 0.5, sum());
  }

  @Test
  void theScoreIsTheWeightedSumOfTheSubLogits() {
    ComputationGraph graph =
        graph(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("logits", "weights")
                .addVertex("score", new AdditiveScore(), "logits", "weights")
                .setOutputs("score"));

    INDArray score =
        graph
            .output(
                Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}),
                Nd4j.createFromArray(new double[][] {{0.5, 0.25}, {2, 0}}))[0];

    assertThat(score.toDoubleMatrix()).isDeepEqualTo(new double[][] {{1 * 0.5 + 2 * 0.25}, {6}});
  }

  @Test
  void aModelWithoutTowersIsRefused() {
    assertThatThrownBy(() -> new SubWeights(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("towers must be 1 or more, got 0");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(WorkspaceMode.class)
  void gradientsPassWithAndWithoutContext(WorkspaceMode mode) {
    INDArray examples = Nd4j.rand(DataType.DOUBLE, 2, 3, 4).subi(0.5);
    INDArray context = Nd4j.rand(DataType.DOUBLE, 2, 2).subi(0.5);
    INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 0}, {1, 1, 1}});
    INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0, -1}, {0, 2, 1}});

    GraphTrips.requireRightGradients(
        additive(mode, true), new INDArray[] {examples, context, mask}, new INDArray[] {labels});
    GraphTrips.requireRightGradients(
        additive(mode, false), new INDArray[] {examples, context, mask}, new INDArray[] {labels});
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(WorkspaceMode.class)
  void theVerticesSurviveJsonAndFiles(WorkspaceMode mode) {
    ComputationGraph graph = additive(mode, true);
    INDArray[] inputs = {
      Nd4j.rand(DataType.DOUBLE, 2, 3, 4), Nd4j.rand(DataType.DOUBLE, 2, 2), Nd4j.ones(2, 3)
    };

    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
    assertThat(GraphTrips.throughBytes(graph).output(inputs)[0]).isEqualTo(graph.output(inputs)[0]);
  }

  private static ComputationGraph additive(WorkspaceMode mode, boolean withContext) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .seed(3)
            .updater(new NoOp())
            .miniBatch(false)
            .trainingWorkspaceMode(mode)
            .inferenceWorkspaceMode(mode)
            .graphBuilder()
            .addInputs("examples", "context", "mask")
            .addVertex("rows", new FlattenList(), "examples", "mask")
            .addLayer("subLogits", dense(4, 3), "rows");
    if (withContext) {
      builder
          .addLayer("towers", dense(2, 6), "context")
          .addVertex("subWeights", new SubWeights(2), "towers")
          .addVertex("weightsOfItems", new FlattenList(), "subWeights", "mask")
          .addVertex("score", new AdditiveScore(), "subLogits", "weightsOfItems");
    } else {
      builder.allowDisconnected(true).addVertex("score", new AdditiveScore(), "subLogits");
    }
    return graph(
        builder
            .addVertex("logits", new RestoreList(), "score", "mask")
            .addLayer("loss", new ListwiseLoss(LossObjective.parse("softmax_loss")), "logits")
            .setOutputs("loss"));
  }

  private static ComputationGraph graph(GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
  }

  private static org.assertj.core.data.Offset<Double> sum() {
    return within(Tolerances.DOUBLE_SUM);
  }
}
