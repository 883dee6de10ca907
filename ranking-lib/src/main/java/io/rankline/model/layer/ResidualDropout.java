package io.rankline.model.layer;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout, and what it is a correction of: {@code dropout(branch) + trunk}.
 *
 * <p>Inputs: the branch and the trunk, both of shape [N, width]; or the branch alone, which is then
 * dropout and nothing else. A value is dropped in training with the given probability; what stays
 * is multiplied by 1 / (1 - dropout). Which values are dropped follows from the graph's seed, the
 * vertex's name, the iteration, row and column.
 */
public final class ResidualDropout extends RowsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty("dropout")
  private final double dropout;

  /**
   * Dropout with a residual connection.
   *
   * @param dropout probability to drop, in [0, 1)
   */
  @JsonCreator
  public ResidualDropout(@JsonProperty("dropout") double dropout) {
    super(1, 2);
    this.dropout = Checked.rate("dropout", dropout);
  }

  @Override
  protected List<?> settings() {
    return List.of(dropout);
  }

  @Override
  protected RowsFunction function() {
    return new Residual();
  }

  private final class Residual implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      INDArray branch = dropped(pass, pass.input(0));
      return pass.inputs() == 1 ? branch : branch.addi(pass.input(1));
    }

    @Override
    public INDArray[] backward(VertexPass pass, INDArray error) {
      INDArray branch = dropped(pass, error);
      return pass.inputs() == 1
          ? new INDArray[] {branch}
          : new INDArray[] {branch, pass.copied(error)};
    }

    private INDArray dropped(VertexPass pass, INDArray rows) {
      Dropout factors = pass.dropout(dropout, pass.width(0));
      if (factors == null) {
        return pass.copied(rows);
      }
      INDArray result = pass.result(rows.dataType(), rows.shape());
      factors.apply(pass.iteration(), rows, result);
      return result;
    }
  }
}
