package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.testing.Tolerances;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layer normalisation of rows. */
class LayerNormalizationTest {

  private static final INDArray MASK = Nd4j.ones(1, 5);

  /** Some hundred float operations on values around 1, and sums over some thousand rows. */
  private static final double FLOAT_SUM = 2e-5;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void outputsAreTheFormula(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = random.nextInt(1, 200);
    int width = random.nextInt(1, 300);
    INDArray x = Nd4j.rand(DataType.DOUBLE, rows, width).muli(9).subi(3);

    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      ComputationGraph graph = bare(type, width, 1e-3);
      graph.setParams(Nd4j.rand(type, 1, 2L * width));
      INDArray y = graph.output(x.castTo(type), MASK.castTo(type))[0];

      double tolerance = type == DataType.FLOAT ? FLOAT_SUM : Tolerances.DOUBLE_SUM;
      double[] parameters = graph.params().toDoubleVector();
      for (int i = 0; i < rows; i++) {
        double[] expected = normalized(x.getRow(i).toDoubleVector(), parameters, 1e-3);
        assertThat(y.getRow(i).toDoubleVector()).containsExactly(expected, within(tolerance));
      }
    }
  }

  @Test
  void gainStartsAtOneAndBiasAtZero() {
    Map<String, INDArray> parameters = bare(DataType.FLOAT, 2, 1e-6).paramTable();

    assertThat(parameters.keySet()).containsExactlyInAnyOrder("out_gain", "out_bias");
    assertThat(parameters.get("out_gain")).isEqualTo(Nd4j.ones(1, 2));
    assertThat(parameters.get("out_bias")).isEqualTo(Nd4j.zeros(1, 2));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ENABLED", "NONE"})
  void gradientsHold(WorkspaceMode mode) {
    INDArray rows = Nd4j.rand(DataType.DOUBLE, 5, 3).subi(0.5).muli(3);

    GraphTrips.requireRightGradients(
        trainable(DataType.DOUBLE, mode),
        new INDArray[] {rows, MASK.castTo(DataType.DOUBLE)},
        new INDArray[] {Nd4j.rand(DataType.DOUBLE, 5, 1)});
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {1, 5, 3000})
  void gradientsInFloatAreThoseInDouble(int rows) {
    ComputationGraph graph = trainable(DataType.FLOAT, WorkspaceMode.ENABLED);
    ComputationGraph inDouble = trainable(DataType.DOUBLE, WorkspaceMode.ENABLED);
    inDouble.setParams(graph.params().castTo(DataType.DOUBLE));
    INDArray x = Nd4j.rand(DataType.FLOAT, rows, 3).subi(0.5).muli(3);
    INDArray labels = Nd4j.rand(DataType.FLOAT, rows, 1).divi(rows);

    double[] gradient = gradient(graph, x, labels);
    double[] expected =
        gradient(inDouble, x.castTo(DataType.DOUBLE), labels.castTo(DataType.DOUBLE));

    assertThat(gradient).containsExactly(expected, within(FLOAT_SUM * rows));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ENABLED", "NONE"})
  void survivesJsonAndFiles(WorkspaceMode mode) {
    ComputationGraph graph = trainable(DataType.FLOAT, mode);
    INDArray rows = Nd4j.rand(DataType.FLOAT, 5, 3);

    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
    assertThat(GraphTrips.throughBytes(graph).output(rows, MASK)[0])
        .isEqualTo(graph.output(rows, MASK)[0]);
  }

  @Test
  void faultsAreToldByName() {
    assertThatThrownBy(() -> new LayerNormalization(0, 1e-6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must be 1 or more, got 0");
    assertThatThrownBy(() -> new LayerNormalization(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon must be above 0 and finite, got 0.0");
  }

  private static double[] normalized(double[] x, double[] parameters, double epsilon) {
    double mean = 0;
    double variance = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    for (double value : x) {
      variance += (value - mean) * (value - mean) / x.length;
    }
    double[] y = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      y[j] = parameters[j] * (x[j] - mean) / Math.sqrt(variance + epsilon);
      y[j] += parameters[x.length + j];
    }
    return y;
  }

  private static double[] gradient(ComputationGraph graph, INDArray x, INDArray labels) {
    INDArray mask = Nd4j.ones(x.dataType(), 1, x.size(0));
    graph.setInputs(x, mask);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    return graph.gradient().gradient().toDoubleVector();
  }

  private static ComputationGraph bare(DataType type, int width, double epsilon) {
    return RowsGraph.bare(
        type, b -> b.addLayer("out", new LayerNormalization(width, epsilon), "rows"));
  }

  private static ComputationGraph trainable(DataType type, WorkspaceMode mode) {
    return RowsGraph.trainable(
        type,
        mode,
        4,
        b ->
            b.addLayer("hidden", RowsGraph.dense(3, 4), "rows")
                .addLayer("out", new LayerNormalization(4, 1e-3), "hidden"));
  }
}
