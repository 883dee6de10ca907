package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gathers the valid items of padded lists into rows.
 *
 * <p>Inputs: features, any number of arrays, each [B, L, f] of items or [B, c] of lists, then the
 * mask [B, L]. Output: [N, sum of the widths], columns in the order of the inputs; what belongs to
 * a list is repeated for each of its items. Two items never become one row and padding becomes
 * none, so statistics over rows count every item once. (TF-Ranking fills padding with copies of the
 * list's items instead.)
 */
public final class FlattenList extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  @Override
  public FlattenList clone() {
    return new FlattenList();
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
    return new FlattenListVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(widthOf(inputs));
  }
}
