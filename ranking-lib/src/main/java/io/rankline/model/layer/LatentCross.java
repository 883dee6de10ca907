package io.rankline.model.layer;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A hidden layer scaled by what is around it: {@code h * c + h}, element by element.
 *
 * <p>Inputs: the hidden layer h and the context c, both [N, width]. Output: [N, width].
 *
 * @see <a href="https://doi.org/10.1145/3159652.3159727">Beutel et al., Latent cross: making use of
 *     context in recurrent recommender systems, WSDM 2018</a>
 */
public final class LatentCross extends SettingsVertex {

  private static final long serialVersionUID = 1;

  @Override
  List<?> settings() {
    return List.of();
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
    return new LatentCrossVertex(graph, name, index, dataType);
  }
}
