package io.rankline.model.layer;

import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
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
public final class SubWeights extends RowsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty private final int towers;

  /**
   * The weights of that many towers.
   *
   * @param towers number of context features, 1 or more
   */
  @JsonCreator
  public SubWeights(@JsonProperty("towers") int towers) {
    super(1, 1);
    if (towers < 1) {
      throw new IllegalArgumentException("towers must be 1 or more, got " + towers);
    }
    this.towers = towers;
  }

  @Override
  protected List<?> settings() {
    return List.of(towers);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(inputs[0].arrayElementsPerExample() / towers);
  }

  @Override
  protected RowsFunction function() {
    return new SoftmaxSum();
  }

  private final class SoftmaxSum implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      long lists = pass.input(0).size(0);
      long features = pass.width(0) / towers;
      return pass.kept(softmax(pass).reshape(lists, towers, features).sum(1));
    }

    @Override
    public INDArray[] backward(VertexPass pass, INDArray error) {
      long lists = pass.input(0).size(0);
      long features = pass.width(0) / towers;
      INDArray softmax = softmax(pass);
      INDArray gradient =
          error
              .reshape(lists, 1, features)
              .broadcast(lists, towers, features)
              .reshape(lists * towers, features);
      INDArray dot = gradient.mul(softmax).sum(true, 1);
      INDArray result = gradient.subColumnVector(dot).muli(softmax);
      return new INDArray[] {pass.kept(result.reshape(pass.input(0).shape()))};
    }

    /** [B * towers, n], each row a softmax. */
    private INDArray softmax(VertexPass pass) {
      INDArray x = pass.input(0);
      return Transforms.softmax(x.reshape(x.size(0) * towers, x.size(1) / towers));
    }
  }
}
