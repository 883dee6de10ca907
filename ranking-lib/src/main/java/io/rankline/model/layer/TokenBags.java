package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts the ids of token features that share an embedding table one below the other.
 *
 * <p>Inputs: ids of context features [B, T] first, ids of example features [B, L, T] after them,
 * then the mask [B, L]; T may differ. Output: INT32 [bags, T] with the largest T, -1 where a bag
 * has fewer ids: B bags of each context feature, then N bags of each example feature, one for every
 * item. {@link BagSlice} finds them again. All inputs are graph inputs, so there is no gradient.
 */
public final class TokenBags extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  @Override
  public TokenBags clone() {
    return new TokenBags();
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
    return new TokenBagsVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    long most = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      most =
          Math.max(
              most,
              inputs[k] instanceof InputType.InputTypeRecurrent items
                  ? items.getSize()
                  : inputs[k].arrayElementsPerExample());
    }
    return InputType.feedForward(most);
  }
}
