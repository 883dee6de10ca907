package io.rankline.model.layer;

import io.rankline.model.kernel.Noise;
import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adds Gaussian noise to rows in training, so that a model cannot learn single items by heart.
 *
 * <p>Input and output: rows [N, width]. Noise has 65,536 different values, which are equally
 * likely; the largest is 4.3 standard deviations. It follows from the graph's seed, the vertex's
 * name, the iteration, row and column.
 */
public final class GaussianNoise extends RowsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty("standardDeviation")
  private final double standardDeviation;

  /**
   * Noise.
   *
   * @param standardDeviation of the noise, above 0
   */
  @JsonCreator
  public GaussianNoise(@JsonProperty("standardDeviation") double standardDeviation) {
    super(1, 1);
    this.standardDeviation = Checked.aboveZero("standard_deviation", standardDeviation);
  }

  @Override
  protected List<?> settings() {
    return List.of(standardDeviation);
  }

  @Override
  protected RowsFunction function() {
    return new Adding();
  }

  private final class Adding implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      INDArray rows = pass.input(0);
      if (!pass.training()) {
        return pass.copied(rows);
      }
      INDArray output = pass.result(rows.dataType(), rows.shape());
      new Noise(standardDeviation, pass.seed(), Math.toIntExact(pass.width(0)))
          .apply(pass.iteration(), rows, output);
      return output;
    }

    @Override
    public INDArray[] backward(VertexPass pass, INDArray error) {
      return new INDArray[] {pass.copied(error)};
    }
  }
}
