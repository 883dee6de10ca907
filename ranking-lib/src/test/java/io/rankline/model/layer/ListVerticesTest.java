package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatch;
import io.rankline.model.kernel.ListRows;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** FlattenList and RestoreList in real computation graphs. */
class ListVerticesTest {

  private static final float PADDING = (float) ListBatch.PADDING_SCORE;

  @Test
  void flattenListGathersTheItemsAndRepeatsTheContext() {
    INDArray examples = Nd4j.createFromArray(new float[][][] {{{1}, {0}, {-1}}, {{0}, {1}, {0}}});
    INDArray context = Nd4j.createFromArray(new float[][] {{5, 6}, {7, 8}});
    INDArray mask = Nd4j.createFromArray(new float[][] {{1, 1, 0}, {1, 0, 0}});
    ComputationGraph graph =
        vertices(b -> b.addVertex("rows", new FlattenList(), "context", "examples", "mask"));

    INDArray rows = graph.output(examples, context, mask)[0];

    assertThat(rows.toFloatMatrix()).isDeepEqualTo(new float[][] {{5, 6, 1}, {5, 6, 0}, {7, 8, 0}});
  }

  @Test
  void restoreListPutsScoresWhereTheirItemsStand() {
    INDArray examples = Nd4j.createFromArray(new float[][][] {{{1}, {3}, {9}}, {{2}, {9}, {9}}});
    INDArray context = Nd4j.zeros(2, 2);
    INDArray mask = Nd4j.createFromArray(new float[][] {{1, 1, 0}, {1, 0, 0}});
    ComputationGraph graph =
        vertices(
            b ->
                b.addVertex("rows", new FlattenList(), "examples", "mask")
                    .addVertex("scores", new RestoreList(), "rows", "mask"));

    INDArray scores = graph.output(examples, context, mask)[0];

    assertThat(scores.toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 3, PADDING}, {2, PADDING, PADDING}});
  }

  @Test
  void restoreListKeepsSeveralScoresOfAnItemApart() {
    INDArray examples = Nd4j.createFromArray(new float[][][] {{{1, 2}, {9, 9}}, {{3, 4}, {5, 6}}});
    INDArray mask = Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1}});
    ComputationGraph graph =
        vertices(
            b ->
                b.addVertex("rows", new FlattenList(), "examples", "mask")
                    .addVertex("scores", new RestoreList(), "rows", "mask"));

    INDArray scores = graph.output(examples, Nd4j.zeros(2, 2), mask)[0];

    assertThat(scores.shape()).containsExactly(2, 2, 2);
    assertThat(scores.reshape(4, 2).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 2}, {PADDING, PADDING}, {3, 4}, {5, 6}});
  }

  @Test
  void itemsNeedNotComeFirst() {
    INDArray examples = Nd4j.createFromArray(new float[][][] {{{9}, {3}, {4}}});
    INDArray mask = Nd4j.createFromArray(new float[][] {{0, 1, 1}});
    ComputationGraph graph =
        vertices(
            b ->
                b.addVertex("rows", new FlattenList(), "examples", "mask")
                    .addVertex("scores", new RestoreList(), "rows", "mask"));

    INDArray scores = graph.output(examples, Nd4j.zeros(1, 2), mask)[0];

    assertThat(scores.toFloatMatrix()).isDeepEqualTo(new float[][] {{PADDING, 3, 4}});
  }

  @Test
  void aBatchOfPaddingOnlyIsRefused() {
    INDArray mask = Nd4j.zeros(2, 3);

    assertThatThrownBy(() -> ListRows.of(mask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a batch needs at least one item, got 2 lists of padding");
  }

  @Test
  void featuresOfAnotherShapeThanTheMaskAreRefused() {
    ComputationGraph graph =
        vertices(b -> b.addVertex("rows", new FlattenList(), "examples", "mask"));

    assertThatThrownBy(() -> graph.output(Nd4j.zeros(2, 4, 1), Nd4j.zeros(2, 2), Nd4j.ones(2, 3)))
        .hasMessage(
            "features must have shape [2, 3, width] or [2, width] as the mask says, got [2, 4, 1]");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(WorkspaceMode.class)
  void gradientsPassThroughTheVertices(WorkspaceMode mode) {
    ComputationGraph graph = trainable(mode, 4);
    INDArray examples = Nd4j.rand(DataType.DOUBLE, 3, 4, 2).subi(0.5);
    INDArray context = Nd4j.rand(DataType.DOUBLE, 3, 3).subi(0.5);
    INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 0, 0}, {1, 1, 1, 1}, {0, 1, 0, 1}});
    INDArray labels = Nd4j.rand(DataType.DOUBLE, 3, 2);

    GraphTrips.requireRightGradients(
        graph, new INDArray[] {examples, context, mask}, new INDArray[] {labels});
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(WorkspaceMode.class)
  void theVerticesSurviveJsonAndFiles(WorkspaceMode mode) {
    ComputationGraph graph = trainable(mode, 3);
    INDArray[] inputs = {
      Nd4j.rand(DataType.DOUBLE, 2, 3, 2), Nd4j.rand(DataType.DOUBLE, 2, 3), Nd4j.ones(2, 3)
    };

    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
    assertThat(GraphTrips.throughBytes(graph).output(inputs)[0]).isEqualTo(graph.output(inputs)[0]);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatStandsAtPaddingHasNoInfluence(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int longer = 3 + random.nextInt(4);
    float[][][] values = new float[2][longer][2];
    float[][] mask = new float[2][longer];
    for (int b = 0; b < 2; b++) {
      for (int i = 0; i < longer; i++) {
        boolean item = i < 1 + b;
        mask[b][i] = item ? 1 : 0;
        for (int f = 0; f < 2; f++) {
          values[b][i][f] = item ? i + f : (float) (random.nextDouble() * 1e30);
        }
      }
    }
    INDArray examples = Nd4j.createFromArray(values);
    INDArray context = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});

    ComputationGraph graph =
        vertices(
            b ->
                b.addVertex("rows", new FlattenList(), "examples", "context", "mask")
                    .addLayer("logits", dense(5, 1), "rows")
                    .addVertex("scores", new RestoreList(), "logits", "mask"));
    INDArray padded = graph.output(examples, context, Nd4j.createFromArray(mask))[0];
    INDArray firstTwo =
        examples.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2), NDArrayIndex.all());
    INDArray tight =
        graph.output(firstTwo, context, Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1}}))[0];

    assertThat(padded.getDouble(0, 0)).isEqualTo(tight.getDouble(0, 0));
    assertThat(padded.getDouble(1, 0)).isEqualTo(tight.getDouble(1, 0));
    assertThat(padded.getDouble(1, 1)).isEqualTo(tight.getDouble(1, 1));
  }

  private interface Body {
    GraphBuilder add(GraphBuilder builder);
  }

  private static ComputationGraph vertices(Body body) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .graphBuilder()
            .addInputs("examples", "context", "mask")
            .allowDisconnected(true);
    body.add(builder);
    String last = builder.getVertices().containsKey("scores") ? "scores" : "rows";
    ComputationGraph graph = new ComputationGraph(builder.setOutputs(last).build());
    graph.init();
    return graph;
  }

  /** Layers on lists, on items, and on rows, so that gradients pass each vertex both ways. */
  private static ComputationGraph trainable(WorkspaceMode mode, int listSize) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .seed(7)
            .updater(new NoOp())
            .miniBatch(false)
            .trainingWorkspaceMode(mode)
            .inferenceWorkspaceMode(mode)
            .graphBuilder()
            .addInputs("examples", "context", "mask")
            .addLayer("ofList", dense(3, 2), "context")
            .addVertex("features", new FlattenList(), "ofList", "examples", "mask")
            .addLayer("ofItem", dense(4, 2), "features")
            .addVertex("lists", new RestoreList(), "ofItem", "mask")
            .addVertex("rows", new FlattenList(), "ofList", "lists", "mask")
            .addLayer("logits", dense(4, 1), "rows")
            .addVertex("scores", new RestoreList(), "logits", "mask");
    builder
        .addLayer(
            "loss",
            new OutputLayer.Builder(LossFunction.MSE)
                .nIn(listSize)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build(),
            "scores")
        .setOutputs("loss");
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
  }
}
