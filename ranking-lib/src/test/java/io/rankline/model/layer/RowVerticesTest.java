package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Residual dropout, noise and latent cross, alone and together in a graph. */
class RowVerticesTest {

  private static final INDArray MASK = Nd4j.ones(1, 5);

  @Test
  void latentCrossScalesAndKeeps() {
    ComputationGraph graph =
        RowsGraph.bare(DataType.FLOAT, b -> b.addVertex("out", new LatentCross(), "rows", "mask"));
    INDArray hidden = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
    INDArray context = Nd4j.createFromArray(new float[][] {{0, -1}, {0.5f, 2}});

    float[][] crossed = graph.output(hidden, context)[0].toFloatMatrix();

    assertThat(crossed).isDeepEqualTo(new float[][] {{1, 0}, {3 * 0.5f + 3, 4 * 2 + 4}});
  }

  @Test
  void aBaseScoreIsAColumnOfTheFeaturesPlusTheLogits() {
    ComputationGraph graph =
        RowsGraph.bare(DataType.FLOAT, b -> b.addVertex("out", new BaseScore(1), "rows", "mask"));
    INDArray logits = Nd4j.createFromArray(new float[][] {{1}, {3}});
    INDArray features = Nd4j.createFromArray(new float[][] {{9, -1, 9}, {9, 0.5f, 9}});

    float[][] sums = graph.output(logits, features)[0].toFloatMatrix();

    assertThat(sums).isDeepEqualTo(new float[][] {{0}, {3.5f}});
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ENABLED", "NONE"})
  void aBaseScoreHandsItsGradientToTheLogits(WorkspaceMode mode) {
    ComputationGraph graph =
        RowsGraph.trainable(
            DataType.DOUBLE,
            mode,
            1,
            b ->
                b.addLayer("logits", RowsGraph.dense(3, 1), "rows")
                    .addVertex("out", new BaseScore(2), "logits", "mask"));

    GraphTrips.requireRightGradients(
        graph,
        new INDArray[] {Nd4j.rand(DataType.DOUBLE, 5, 3), Nd4j.rand(DataType.DOUBLE, 5, 4)},
        new INDArray[] {Nd4j.rand(DataType.DOUBLE, 5, 1)});
    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
  }

  @Test
  void residualDropoutAddsTheTrunkToWhatIsLeft() {
    ComputationGraph graph = residual(DataType.FLOAT, 0.5);
    INDArray branch = Nd4j.ones(DataType.FLOAT, 100, 30);
    INDArray trunk = Nd4j.valueArrayOf(new long[] {100, 30}, 10, DataType.FLOAT);

    float[] training = flat(graph.output(true, branch, trunk)[0]);
    float[] inference = flat(graph.output(branch, trunk)[0]);

    int dropped = 0;
    for (int i = 0; i < training.length; i++) {
      assertThat(training[i]).isIn(10f, 12f);
      assertThat(inference[i]).isEqualTo(11f);
      dropped += training[i] == 10f ? 1 : 0;
    }
    // Five standard deviations of 3,000 fair coins.
    assertThat(dropped).isCloseTo(1500, within(137));
  }

  @Test
  void dropoutOfFloatsAndOfDoublesDropsTheSame() {
    INDArray branch = Nd4j.ones(DataType.FLOAT, 70, 1500);
    INDArray trunk = Nd4j.zeros(DataType.FLOAT, 70, 1500);

    float[] floats = flat(residual(DataType.FLOAT, 0.3).output(true, branch, trunk)[0]);
    INDArray doubles =
        residual(DataType.DOUBLE, 0.3)
            .output(true, branch.castTo(DataType.DOUBLE), trunk.castTo(DataType.DOUBLE))[0];

    assertThat(floats).isEqualTo(flat(doubles));
  }

  @Test
  void whatIsDroppedChangesFromStepToStepButNotFromRunToRun() {
    INDArray branch = Nd4j.ones(DataType.FLOAT, 10, 30);
    INDArray trunk = Nd4j.zeros(DataType.FLOAT, 10, 30);
    ComputationGraph graph = residual(DataType.FLOAT, 0.5);
    ComputationGraph again = residual(DataType.FLOAT, 0.5);

    float[] first = flat(graph.output(true, branch, trunk)[0]);
    float[] firstAgain = flat(again.output(true, branch, trunk)[0]);
    graph.getConfiguration().setIterationCount(1);
    float[] second = flat(graph.output(true, branch, trunk)[0]);

    assertThat(firstAgain).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void verticesOfOtherNamesDropOtherValues() {
    ComputationGraph graph =
        RowsGraph.bare(
            DataType.FLOAT,
            b ->
                b.addVertex("vertex", new ResidualDropout(0.5), "rows")
                    .addVertex("vortex", new ResidualDropout(0.5), "rows")
                    .addVertex("out", new MergeVertex(), "vertex", "vortex"));

    INDArray both = graph.output(true, Nd4j.ones(DataType.FLOAT, 10, 30), MASK)[0];

    assertThat(flat(both.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 30))))
        .isNotEqualTo(flat(both.get(NDArrayIndex.all(), NDArrayIndex.interval(30, 60))));
  }

  @Test
  void noiseIsForTrainingOnly() {
    ComputationGraph graph =
        RowsGraph.bare(DataType.FLOAT, b -> b.addVertex("out", new GaussianNoise(2), "rows"));
    INDArray rows = Nd4j.valueArrayOf(new long[] {400, 50}, 7, DataType.FLOAT);

    INDArray training = graph.output(true, rows, MASK)[0].dup();
    INDArray inference = graph.output(rows, MASK)[0];

    assertThat(inference).isEqualTo(rows);
    // Five standard deviations of the mean and of the variance of 20,000 values.
    assertThat(training.meanNumber().doubleValue()).isCloseTo(7, within(5 * 2 / Math.sqrt(20_000)));
    assertThat(training.varNumber().doubleValue())
        .isCloseTo(4, within(5 * 4 * Math.sqrt(2 / 20_000.0)));
  }

  @Test
  void noiseOfFloatsAndOfDoublesIsTheSame() {
    INDArray rows = Nd4j.zeros(DataType.FLOAT, 9, 1100);

    float[] floats = flat(noise(DataType.FLOAT).output(true, rows, MASK)[0]);
    INDArray doubles =
        noise(DataType.DOUBLE)
            .output(true, rows.castTo(DataType.DOUBLE), MASK.castTo(DataType.DOUBLE))[0];

    assertThat(floats).isEqualTo(flat(doubles));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ENABLED", "NONE"})
  void gradientsHold(WorkspaceMode mode) {
    GraphTrips.requireRightGradients(
        all(DataType.DOUBLE, mode),
        new INDArray[] {Nd4j.rand(DataType.DOUBLE, 5, 3), MASK.castTo(DataType.DOUBLE)},
        new INDArray[] {Nd4j.rand(DataType.DOUBLE, 5, 1)});
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ENABLED", "NONE"})
  void theVerticesSurviveJsonAndFiles(WorkspaceMode mode) {
    ComputationGraph graph = all(DataType.FLOAT, mode);
    INDArray rows = Nd4j.rand(DataType.FLOAT, 5, 3);

    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
    assertThat(GraphTrips.throughBytes(graph).output(rows, MASK)[0])
        .isEqualTo(graph.output(rows, MASK)[0]);
  }

  @Test
  void faultsAreToldByName() {
    assertThatThrownBy(() -> new ResidualDropout(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be in [0, 1), got -0.1");
    assertThatThrownBy(() -> new GaussianNoise(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("standard_deviation must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> new BaseScore(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column must be 0 or more, got -1");
  }

  private static ComputationGraph residual(DataType type, double dropout) {
    return RowsGraph.bare(
        type, b -> b.addVertex("out", new ResidualDropout(dropout), "rows", "mask"));
  }

  private static ComputationGraph noise(DataType type) {
    return RowsGraph.bare(type, b -> b.addVertex("out", new GaussianNoise(1.5), "rows"));
  }

  private static ComputationGraph all(DataType type, WorkspaceMode mode) {
    return RowsGraph.trainable(
        type,
        mode,
        4,
        b ->
            b.addLayer("a", RowsGraph.dense(3, 4), "rows")
                .addLayer("c", RowsGraph.dense(3, 4), "rows")
                .addVertex("noisy", new GaussianNoise(0.5), "a")
                .addVertex("dropped", new ResidualDropout(0.3), "c")
                .addVertex("crossed", new LatentCross(), "noisy", "dropped")
                .addVertex("out", new ResidualDropout(0.4), "crossed", "noisy"));
  }

  private static float[] flat(INDArray array) {
    return array.dup('c').reshape(array.length()).toFloatVector();
  }
}
