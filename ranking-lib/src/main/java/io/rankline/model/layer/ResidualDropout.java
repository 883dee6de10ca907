package io.rankline.model.layer;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout, and what it is a correction of: {@code dropout(branch) + trunk}.
 *
 * <p>Inputs: the branch and the trunk, both of shape [N, width]; or the branch alone, which is then
 * dropout and nothing else. A value is dropped in training with the given probability; what stays
 * is multiplied by 1 / (1 - dropout). Which values are dropped follows from the graph's seed, the
 * vertex's name, the iteration, row and column.
 */
public final class ResidualDropout extends SettingsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty("dropout")
  private final double dropout;

  /**
   * Dropout with a residual connection.
   *
   * @param dropout probability to drop, in [0, 1)
   */
  @JsonCreator
  public ResidualDropout(@JsonProperty("dropout") double dropout) {
    this.dropout = Settings.rate("dropout", dropout);
  }

  @Override
  List<?> settings() {
    return List.of(dropout);
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
    return new ResidualDropoutVertex(dropout, graph, name, index, dataType);
  }
}
