package io.rankline.model.layer;

import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The score of a network that corrects another model's: its own logits plus a column of the
 * features, which has that score.
 *
 * <p>Inputs: logits [N, 1], features [N, F], which get no gradient. Output: [N, 1].
 */
public final class BaseScore extends RowsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty private final int column;

  /**
   * A sum.
   *
   * @param column of the features that has the score, from 0
   */
  @JsonCreator
  public BaseScore(@JsonProperty("column") int column) {
    super(2, 2);
    if (column < 0) {
      throw new IllegalArgumentException("column must be 0 or more, got " + column);
    }
    this.column = column;
  }

  @Override
  protected List<?> settings() {
    return List.of(column);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(1);
  }

  @Override
  protected RowsFunction function() {
    return new Sum();
  }

  private final class Sum implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      INDArray sum = pass.copied(pass.input(0));
      sum.addi(pass.input(1).getColumn(column, true));
      return sum;
    }

    @Override
    public @Nullable INDArray[] backward(VertexPass pass, INDArray error) {
      return new @Nullable INDArray[] {pass.copied(error), null};
    }
  }
}
