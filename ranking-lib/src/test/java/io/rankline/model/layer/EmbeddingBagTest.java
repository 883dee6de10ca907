package io.rankline.model.layer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.feature.token.Pooling;
import io.rankline.loss.LossObjective;
import io.rankline.testing.Tolerances;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** EmbeddingBag with TokenBags and BagSlice around it, in real computation graphs. */
class EmbeddingBagTest {

  private static final int ROWS = 7;
  private static final int COLUMNS = 3;

  /** Two lists of up to three items; a query of up to two tokens, items of up to three. */
  private static final INDArray QUERY = Nd4j.createFromArray(new int[][] {{2, 5}, {6, -1}});

  private static final INDArray ITEMS =
      Nd4j.createFromArray(
          new int[][][] {
            {{0, 1, 1}, {2, -1, -1}, {-1, -1, -1}}, {{-1, 6, 5}, {4, 4, 0}, {3, 3, 3}}
          });

  private static final INDArray MASK = Nd4j.createFromArray(new double[][] {{1, 1, 0}, {1, 1, 0}});

  static Stream<Arguments> everyPooling() {
    return Stream.of(Pooling.values())
        .flatMap(
            pooling -> Stream.of(WorkspaceMode.values()).map(mode -> Arguments.of(pooling, mode)));
  }

  @ParameterizedTest(name = "{0}, workspaces {1}")
  @MethodSource("everyPooling")
  void everyItemGetsItsPooledTokensBesideThoseOfItsQuery(Pooling pooling, WorkspaceMode mode) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      ComputationGraph graph = shared(pooling, mode, type, new NoOp(), 0);
      double[][] table = graph.getLayer("embedding").getParam("W").toDoubleMatrix();

      INDArray rows = requireNonNull(graph.feedForward(inputs(), false).get("features"));

      int[][] queries = {{2, 5}, {2, 5}, {6}, {6}};
      int[][] items = {{0, 1, 1}, {2}, {6, 5}, {4, 4, 0}};
      assertThat(rows.shape()).containsExactly(4, 2 * COLUMNS);
      for (int r = 0; r < 4; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          assertThat(rows.getDouble(r, c))
              .isCloseTo(pooled(table, queries[r], c, pooling), rounding());
          assertThat(rows.getDouble(r, COLUMNS + c))
              .isCloseTo(pooled(table, items[r], c, pooling), rounding());
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, workspaces {1}")
  @MethodSource("everyPooling")
  void theGradientOfASharedTableIsRight(Pooling pooling, WorkspaceMode mode) {
    GraphTrips.requireRightGradients(
        shared(pooling, mode, DataType.DOUBLE, new NoOp(), 0), inputs(), labels());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Pooling.class)
  void theGradientWithRegularisationIsRight(Pooling pooling) {
    GraphTrips.requireRightGradients(
        shared(pooling, WorkspaceMode.ENABLED, DataType.DOUBLE, new NoOp(), 0.1),
        inputs(),
        labels());
  }

  @Test
  void aStepMovesTheRowsThatWereReadAndNoOther() {
    ComputationGraph graph =
        shared(Pooling.SUM, WorkspaceMode.ENABLED, DataType.FLOAT, new Sgd(0.5), 0);
    float[][] before = graph.getLayer("embedding").getParam("W").toFloatMatrix();

    graph.fit(new MultiDataSet(inputs(), labels()));

    float[][] after = graph.getLayer("embedding").getParam("W").toFloatMatrix();
    for (int id : new int[] {0, 1, 2, 4, 5, 6}) {
      assertThat(after[id]).isNotEqualTo(before[id]);
    }
    assertThat(after[3]).as("a token of padding").isEqualTo(before[3]);
  }

  @Test
  void theSmallestTableStartsAsInKeras() {
    ComputationGraph graph =
        shared(Pooling.MEAN, WorkspaceMode.NONE, DataType.FLOAT, new NoOp(), 0);

    INDArray table = graph.getLayer("embedding").getParam("W");

    assertThat(table.amaxNumber().doubleValue()).isBetween(0.02, 0.05);
    assertThat(table.minNumber().doubleValue()).isNegative();
    assertThat(table.maxNumber().doubleValue()).isPositive();
  }

  @ParameterizedTest(name = "{0}, workspaces {1}")
  @MethodSource("everyPooling")
  void theTableSurvivesJsonAndFiles(Pooling pooling, WorkspaceMode mode) {
    ComputationGraph graph = shared(pooling, mode, DataType.FLOAT, new Adam(0.1), 0.01);
    graph.fit(new MultiDataSet(inputs(), labels()));

    ComputationGraph read = GraphTrips.throughBytes(graph);

    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
    assertThat(read.output(inputs())[0]).isEqualTo(graph.output(inputs())[0]);
    graph.fit(new MultiDataSet(inputs(), labels()));
    read.fit(new MultiDataSet(inputs(), labels()));
    assertThat(read.params()).as("updater state").isEqualTo(graph.params());
  }

  @Test
  void aLayersParametersAreReadRowByRow() {
    ComputationGraph graph =
        shared(Pooling.MEAN, WorkspaceMode.NONE, DataType.FLOAT, new NoOp(), 0);
    INDArray numbers = Nd4j.linspace(1, ROWS * COLUMNS, ROWS * COLUMNS, DataType.FLOAT);

    graph.getLayer("embedding").setParams(numbers);

    assertThat(graph.getLayer("embedding").getParam("W").getFloat(1, 0)).isEqualTo(1 + COLUMNS);
  }

  @Test
  void anIdBeyondTheTableIsRefused() {
    ComputationGraph graph =
        shared(Pooling.MEAN, WorkspaceMode.NONE, DataType.FLOAT, new NoOp(), 0);
    INDArray items = ITEMS.dup();
    items.putScalar(new int[] {0, 1, 0}, 7);

    assertThatThrownBy(() -> graph.output(QUERY, items, MASK))
        .hasMessage("an id must be below 7, the rows of the table, got 7");
  }

  @Test
  void idsOfAnotherShapeThanTheMaskAreRefused() {
    ComputationGraph graph =
        shared(Pooling.MEAN, WorkspaceMode.NONE, DataType.FLOAT, new NoOp(), 0);

    assertThatThrownBy(() -> graph.output(QUERY, Nd4j.zeros(DataType.INT32, 2, 4, 1), MASK))
        .hasMessage(
            "ids must have shape [2, tokens] or [2, 3, tokens] as the mask says, got [2, 4, 1]");
    assertThatThrownBy(() -> graph.output(ITEMS, QUERY, MASK))
        .hasMessage("ids of context features must come before those of example features");
  }

  @Test
  void aTableWithoutRowsOrColumnsIsRefused() {
    assertThatThrownBy(() -> EmbeddingBag.builder(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an embedding table must have 1 row and 1 column or more, got 0 and 3");
    assertThatThrownBy(() -> EmbeddingBag.builder(3, 0))
        .hasMessage("an embedding table must have 1 row and 1 column or more, got 3 and 0");
  }

  private static double pooled(double[][] table, int[] ids, int column, Pooling pooling) {
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int id : ids) {
      sum += table[id][column];
      largest = Math.max(largest, table[id][column]);
    }
    return switch (pooling) {
      case MEAN -> sum / ids.length;
      case SUM -> sum;
      case MAX -> largest;
    };
  }

  private static INDArray[] inputs() {
    return new INDArray[] {QUERY, ITEMS, MASK};
  }

  private static INDArray[] labels() {
    return new INDArray[] {Nd4j.createFromArray(new double[][] {{1, 0, -1}, {0, 2, -1}})};
  }

  /** A query and items with one table, and a small network on both. */
  private static ComputationGraph shared(
      Pooling pooling, WorkspaceMode mode, DataType type, IUpdater updater, double l2) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(type)
                .seed(3)
                .updater(updater)
                .l2(l2)
                .miniBatch(false)
                .trainingWorkspaceMode(mode)
                .inferenceWorkspaceMode(mode)
                .graphBuilder()
                .addInputs("query", "items", "mask")
                .addVertex("bags", new TokenBags(), "query", "items", "mask")
                .addLayer(
                    "embedding",
                    EmbeddingBag.builder(ROWS, COLUMNS).pooling(pooling).build(),
                    "bags")
                .addVertex("ofQuery", new BagSlice(1, 0), "embedding", "mask")
                .addVertex("ofItems", new BagSlice(1, 1), "embedding", "mask")
                .addVertex("queryOfItems", new FlattenList(), "ofQuery", "mask")
                .addVertex("features", new MergeVertex(), "queryOfItems", "ofItems")
                .addLayer("hidden", dense(2 * COLUMNS, 4, Activation.TANH), "features")
                .addLayer("score", dense(4, 1, Activation.IDENTITY), "hidden")
                .addVertex("logits", new RestoreList(), "score", "mask")
                .addLayer("loss", new ListwiseLoss(LossObjective.parse("softmax_loss")), "logits")
                .setOutputs("loss")
                .build());
    graph.init();
    return graph;
  }

  private static DenseLayer dense(int in, int out, Activation activation) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
  }

  private static Offset<Double> rounding() {
    return within(Tolerances.FLOAT32_ROUNDING);
  }
}
