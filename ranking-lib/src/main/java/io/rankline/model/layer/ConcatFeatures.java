package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts features side by side in their padded lists, for networks that keep the list as an axis.
 *
 * <p>Inputs: features, each [B, L, f] of items or [B, c] of lists, then the mask [B, L]. Output:
 * [B, L, sum of the widths], columns in the order of the inputs; 0 at padding. (TF-Ranking fills
 * padding with copies of the list's items.)
 */
public final class ConcatFeatures extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  @Override
  public ConcatFeatures clone() {
    return new ConcatFeatures();
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return Integer.MAX_VALUE;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new ConcatFeaturesVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.recurrent(widthOf(inputs));
  }
}
