package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The weights that the context gives to the features of a generalised additive model.
 *
 * <pre>
 *   w = sum over towers j of softmax(x_j)
 * </pre>
 *
 * <p>Input: [B, towers * n], the n outputs of each tower side by side. Output: [B, n]; it sums to
 * the number of towers. With no input but zeros all weights are equal.
 *
 * @see <a href="https://arxiv.org/abs/2005.02553">Zhuang et al., Interpretable Learning-to-Rank
 *     with Generalized Additive Models, 2020</a>
 */
public final class SubWeights extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty private final int towers;

  /**
   * The weights of that many towers.
   *
   * @param towers number of context features, 1 or more
   */
  @JsonCreator
  public SubWeights(@JsonProperty("towers") int towers) {
    if (towers < 1) {
      throw new IllegalArgumentException("towers must be 1 or more, got " + towers);
    }
    this.towers = towers;
  }

  @Override
  public SubWeights clone() {
    return new SubWeights(towers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SubWeights that && that.towers == towers;
  }

  @Override
  public int hashCode() {
    return towers;
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
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new SubWeightsVertex(graph, name, index, dataType, towers);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(inputs[0].arrayElementsPerExample() / towers);
  }
}
