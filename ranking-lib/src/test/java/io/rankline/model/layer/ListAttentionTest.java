package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Attention as a vertex of computation graphs. */
class ListAttentionTest {

  /** Lists of two, no, three and one item. */
  private static final INDArray MASK =
      Nd4j.createFromArray(new double[][] {{1, 1, 0}, {0, 0, 0}, {1, 1, 1}, {1, 0, 0}});

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ENABLED", "NONE"})
  void gradientsHoldWithDropout(WorkspaceMode mode) {
    ComputationGraph graph = attention(DataType.DOUBLE, mode, 0.4);
    INDArray rows = Nd4j.rand(DataType.DOUBLE, 6, 3).subi(0.5).muli(3);

    GraphTrips.requireRightGradients(
        graph, new INDArray[] {rows, MASK}, new INDArray[] {Nd4j.rand(DataType.DOUBLE, 6, 1)});
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ENABLED", "NONE"})
  void survivesJsonAndFiles(WorkspaceMode mode) {
    ComputationGraph graph = attention(DataType.FLOAT, mode, 0.4);
    INDArray rows = Nd4j.rand(DataType.FLOAT, 6, 3);
    INDArray mask = MASK.castTo(DataType.FLOAT);

    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
    assertThat(GraphTrips.throughBytes(graph).output(rows, mask)[0])
        .isEqualTo(graph.output(rows, mask)[0]);
  }

  @Test
  void aSingleItemAttendsToItself() {
    ComputationGraph graph =
        RowsGraph.bare(
            DataType.FLOAT, b -> b.addVertex("out", new ListAttention(2, 1, 0), "rows", "mask"));
    INDArray rows = Nd4j.createFromArray(new float[][] {{1, 2, 3, 4, 5, 6}});

    INDArray out = graph.output(rows, Nd4j.ones(1, 3).putScalar(1, 0).putScalar(2, 0))[0];

    assertThat(out.toFloatMatrix()).isDeepEqualTo(new float[][] {{5, 6}});
  }

  @Test
  void listsDoNotSeeEachOther() {
    ComputationGraph graph =
        RowsGraph.bare(
            DataType.FLOAT, b -> b.addVertex("out", new ListAttention(2, 2, 0), "rows", "mask"));
    INDArray rows = Nd4j.rand(DataType.FLOAT, 6, 12);

    INDArray together = graph.output(rows, MASK.castTo(DataType.FLOAT))[0].dup();
    INDArray alone = graph.output(part(rows, 2, 5), Nd4j.ones(1, 3))[0];

    assertThat(part(together, 2, 5)).isEqualTo(alone);
  }

  @Test
  void nothingIsDroppedInInference() {
    INDArray rows = Nd4j.rand(DataType.FLOAT, 6, 3);
    INDArray mask = MASK.castTo(DataType.FLOAT);
    ComputationGraph graph = attention(DataType.FLOAT, WorkspaceMode.ENABLED, 0.4);
    ComputationGraph without = attention(DataType.FLOAT, WorkspaceMode.ENABLED, 0);
    without.setParams(graph.params());

    INDArray dropped = graph.output(true, rows, mask)[0].dup();
    INDArray kept = graph.output(rows, mask)[0].dup();

    assertThat(kept).isEqualTo(without.output(rows, mask)[0]);
    assertThat(dropped).isNotEqualTo(kept);
  }

  @Test
  void faultsAreToldByName() {
    assertThatThrownBy(() -> new ListAttention(0, 8, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("num_heads must be 1 or more, got 0");
    assertThatThrownBy(() -> new ListAttention(2, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key_dim must be 1 or more, got -1");
    assertThatThrownBy(() -> new ListAttention(2, 8, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> new ListAttention(2, 8, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be in [0, 1), got NaN");
  }

  @Test
  void rowsOfAnotherShapeAreRefused() {
    ComputationGraph graph =
        RowsGraph.bare(
            DataType.FLOAT, b -> b.addVertex("out", new ListAttention(2, 2, 0), "rows", "mask"));

    assertThatThrownBy(() -> graph.output(Nd4j.ones(2, 5), Nd4j.ones(1, 2)))
        .hasMessage("input of vertex 'out' must have shape [rows, 12], got [2, 5]");
    assertThatThrownBy(() -> graph.output(Nd4j.ones(3, 12), Nd4j.ones(1, 2)))
        .hasMessage(
            "input of vertex 'out' must have a row for each of the 2 items of the mask, got 3");
  }

  private static ComputationGraph attention(DataType type, WorkspaceMode mode, double dropout) {
    return RowsGraph.trainable(
        type,
        mode,
        4,
        b ->
            b.addLayer("projected", RowsGraph.dense(3, 12), "rows")
                .addVertex("out", new ListAttention(2, 2, dropout), "projected", "mask"));
  }

  private static INDArray part(INDArray rows, int from, int to) {
    return rows.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup();
  }
}
