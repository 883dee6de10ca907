package io.rankline.model.layer;

import io.rankline.model.kernel.RowCross;
import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A hidden layer scaled by what is around it, element by element: {@code h * c + h}, or {@code
 * dropout(relu(h * c + h))}.
 *
 * <p>Inputs: the hidden layer h and the context c, both [N, width]. Output: [N, width].
 *
 * @see <a href="https://doi.org/10.1145/3159652.3159727">Beutel et al., Latent cross: making use of
 *     context in recurrent recommender systems, WSDM 2018</a>
 */
public final class LatentCross extends RowsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty("rectified")
  private final boolean rectified;

  @JsonProperty("dropout")
  private final double dropout;

  /** The cross and nothing more. */
  public LatentCross() {
    this(false, 0);
  }

  @JsonCreator
  private LatentCross(
      @JsonProperty("rectified") boolean rectified, @JsonProperty("dropout") double dropout) {
    super(2, 2);
    this.rectified = rectified;
    this.dropout = Checked.rate("dropout", dropout);
  }

  /**
   * The cross, relu and dropout.
   *
   * @param dropout probability to drop, in [0, 1)
   */
  public static LatentCross rectified(double dropout) {
    return new LatentCross(true, dropout);
  }

  @Override
  protected List<?> settings() {
    return List.of(rectified, dropout);
  }

  @Override
  protected RowsFunction function() {
    return new Cross();
  }

  private final class Cross implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      INDArray output = like(pass, pass.input(0));
      cross(pass).forward(pass.input(0), pass.input(1), output);
      return output;
    }

    @Override
    public INDArray[] backward(VertexPass pass, INDArray error) {
      INDArray byHidden = like(pass, pass.input(0));
      INDArray byContext = like(pass, pass.input(0));
      cross(pass).backward(pass.input(0), pass.input(1), error, byHidden, byContext);
      return new INDArray[] {byHidden, byContext};
    }

    private RowCross cross(VertexPass pass) {
      return new RowCross(rectified, pass.dropout(dropout, pass.width(0)), pass.iteration());
    }

    private static INDArray like(VertexPass pass, INDArray array) {
      return pass.result(array.dataType(), array.shape());
    }
  }
}
