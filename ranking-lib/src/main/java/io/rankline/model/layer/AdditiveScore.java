package io.rankline.model.layer;

import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The score of a generalised additive model: the sum of what each feature adds.
 *
 * <pre>
 *   F = sum over features i of w_i * f_i        (w_i = 1 without weights)
 * </pre>
 *
 * <p>Inputs: sub-logits [N, n] and, where there is a context, sub-weights [N, n]. Output: [N, 1].
 */
public final class AdditiveScore extends RowsVertex {

  private static final long serialVersionUID = 1;

  public AdditiveScore() {
    super(1, 2);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(1);
  }

  @Override
  protected RowsFunction function() {
    return new Sum();
  }

  private static final class Sum implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      INDArray terms = pass.inputs() == 1 ? pass.input(0) : pass.input(0).mul(pass.input(1));
      return pass.kept(terms.mmul(Nd4j.ones(terms.dataType(), terms.size(1), 1)));
    }

    @Override
    public INDArray[] backward(VertexPass pass, INDArray error) {
      INDArray spread = error.mmul(Nd4j.ones(error.dataType(), 1, pass.width(0)));
      if (pass.inputs() == 1) {
        return new INDArray[] {pass.kept(spread)};
      }
      return new INDArray[] {
        pass.kept(spread.mul(pass.input(1))), pass.kept(spread.mul(pass.input(0)))
      };
    }
  }
}
