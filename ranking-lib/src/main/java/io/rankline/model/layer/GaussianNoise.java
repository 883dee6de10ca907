package io.rankline.model.layer;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adds Gaussian noise to rows in training, so that a model cannot learn single items by heart.
 *
 * <p>Input and output: rows [N, width]. Noise has 65,536 different values, which are equally
 * likely; the largest is 4.3 standard deviations. It follows from the graph's seed, the vertex's
 * name, the iteration, row and column.
 */
public final class GaussianNoise extends SettingsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty("standardDeviation")
  private final double standardDeviation;

  /**
   * Noise.
   *
   * @param standardDeviation of the noise, above 0
   */
  @JsonCreator
  public GaussianNoise(@JsonProperty("standardDeviation") double standardDeviation) {
    this.standardDeviation = Settings.aboveZero("standard_deviation", standardDeviation);
  }

  @Override
  List<?> settings() {
    return List.of(standardDeviation);
  }

  @Override
  long outputWidth(long inputWidth) {
    return inputWidth;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new GaussianNoiseVertex(standardDeviation, graph, name, index, dataType);
  }
}
