package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The pooled bags of one of several features that share an embedding table.
 *
 * <p>Inputs: pooled bags [bags, width] in the order of {@link TokenBags}, then the mask. Output:
 * [B, width] for a context feature, rows [N, width] for an example feature.
 */
public final class BagSlice extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty private final int contextFeatures;
  @JsonProperty private final int feature;

  /**
   * The bags of one feature.
   *
   * @param contextFeatures how many of the features belong to the context, 0 or more
   * @param feature its place among all features, from 0
   */
  @JsonCreator
  public BagSlice(
      @JsonProperty("contextFeatures") int contextFeatures, @JsonProperty("feature") int feature) {
    if (contextFeatures < 0 || feature < 0) {
      throw new IllegalArgumentException(
          "contextFeatures and feature must be 0 or more, got %d and %d"
              .formatted(contextFeatures, feature));
    }
    this.contextFeatures = contextFeatures;
    this.feature = feature;
  }

  @Override
  public BagSlice clone() {
    return new BagSlice(contextFeatures, feature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BagSlice that
        && that.contextFeatures == contextFeatures
        && that.feature == feature;
  }

  @Override
  public int hashCode() {
    return 31 * contextFeatures + feature;
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
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new BagSliceVertex(graph, name, index, dataType, contextFeatures, feature);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return inputs[0];
  }
}
