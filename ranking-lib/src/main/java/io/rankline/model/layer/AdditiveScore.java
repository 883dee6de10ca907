package io.rankline.model.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The score of a generalised additive model: the sum of what each feature adds.
 *
 * <pre>
 *   F = sum over features i of w_i * f_i        (w_i = 1 without weights)
 * </pre>
 *
 * <p>Inputs: sub-logits [N, n] and, where there is a context, sub-weights [N, n]. Output: [N, 1].
 */
public final class AdditiveScore extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  @Override
  public AdditiveScore clone() {
    return new AdditiveScore();
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
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new AdditiveScoreVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(1);
  }
}
