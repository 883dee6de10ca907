package io.rankline.model.layer;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A hidden layer scaled by what is around it, element by element: {@code h * c + h}, or {@code
 * dropout(relu(h * c + h))}.
 *
 * <p>Inputs: the hidden layer h and the context c, both [N, width]. Output: [N, width].
 *
 * @see <a href="https://doi.org/10.1145/3159652.3159727">Beutel et al., Latent cross: making use of
 *     context in recurrent recommender systems, WSDM 2018</a>
 */
public final class LatentCross extends SettingsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty("rectified")
  private final boolean rectified;

  @JsonProperty("dropout")
  private final double dropout;

  /** The cross and nothing more. */
  public LatentCross() {
    this(false, 0);
  }

  @JsonCreator
  private LatentCross(
      @JsonProperty("rectified") boolean rectified, @JsonProperty("dropout") double dropout) {
    this.rectified = rectified;
    this.dropout = Settings.rate("dropout", dropout);
  }

  /**
   * The cross, relu and dropout.
   *
   * @param dropout probability to drop, in [0, 1)
   */
  public static LatentCross rectified(double dropout) {
    return new LatentCross(true, dropout);
  }

  @Override
  List<?> settings() {
    return List.of(rectified, dropout);
  }

  @Override
  long outputWidth(long inputWidth) {
    return inputWidth;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new LatentCrossVertex(rectified, dropout, graph, name, index, dataType);
  }
}
