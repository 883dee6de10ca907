package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts the scores of rows back to where the items stand in their padded lists.
 *
 * <p>Inputs: rows [N, M], the mask [B, L]. Output: [B, L] for M = 1, otherwise [B, L, M]; {@link
 * #PADDING_SCORE} at padding.
 */
public final class RestoreList extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  /** The logit of padding, ln(1e-10): its softmax is 0 in float, and it sorts last. */
  public static final double PADDING_SCORE = Math.log(1e-10);

  @Override
  public RestoreList clone() {
    return new RestoreList();
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
    return new RestoreListVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(inputs[1].arrayElementsPerExample() * widthOf(inputs));
  }
}
