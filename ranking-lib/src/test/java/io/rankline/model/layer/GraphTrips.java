package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every layer and vertex must survive: JSON, files, and a check of its gradients. */
public final class GraphTrips {

  private GraphTrips() {}

  /** The configuration after a trip through JSON. */
  public static ComputationGraphConfiguration throughJson(ComputationGraph graph) {
    return ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());
  }

  /** The graph after it was written and read with parameters and updater state. */
  public static ComputationGraph throughBytes(ComputationGraph graph) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ModelSerializer.writeModel(graph, bytes, true);
      return ModelSerializer.restoreComputationGraph(
          new ByteArrayInputStream(bytes.toByteArray()), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares every parameter's gradient with central differences; the graph is in double. */
  public static void requireRightGradients(
      ComputationGraph graph, INDArray[] inputs, INDArray[] labels) {
    DataType before = Nd4j.defaultFloatingPointType();
    // DL4J's checker looks at the process-wide default instead of the graph's type.
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      boolean right =
          GradientCheckUtil.checkGradients(
              new GradientCheckUtil.GraphConfig().net(graph).inputs(inputs).labels(labels));
      assertThat(right).isTrue();
    } finally {
      Nd4j.setDefaultDataTypes(before, before);
    }
  }
}
