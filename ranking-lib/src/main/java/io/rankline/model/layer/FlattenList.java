package io.rankline.model.layer;

import io.rankline.model.kernel.ListRows;
import io.rankline.model.kernel.RowGather;
import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Gathers the valid items of padded lists into rows.
 *
 * <p>Inputs: features, any number of arrays, each [B, L, f] of items or [B, c] of lists, then the
 * mask [B, L]. Output: [N, sum of the widths], columns in the order of the inputs; what belongs to
 * a list is repeated for each of its items. Two items never become one row and padding becomes
 * none, so statistics over rows count every item once. (TF-Ranking fills padding with copies of the
 * list's items instead.)
 */
public final class FlattenList extends RowsVertex {

  private static final long serialVersionUID = 1;

  public FlattenList() {
    super(2, Integer.MAX_VALUE);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(widthOf(inputs));
  }

  @Override
  protected RowsFunction function() {
    return new Flatten();
  }

  private static final class Flatten implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      ListRows rows = pass.rows();
      INDArray[] parts = new INDArray[pass.inputs() - 1];
      for (int k = 0; k < parts.length; k++) {
        INDArray feature = pass.input(k);
        long[] shape = {rows.rows(), pass.width(k)};
        parts[k] =
            parts.length == 1
                ? pass.result(feature.dataType(), shape)
                : pass.scratch(feature.dataType(), shape);
        RowGather.gather(feature, rows, parts[k]);
      }
      return parts.length == 1 ? parts[0] : pass.sideBySide(parts);
    }

    @Override
    public @Nullable INDArray[] backward(VertexPass pass, INDArray error) {
      @Nullable INDArray[] gradients = new INDArray[pass.inputs()];
      ListRows rows = pass.rows();
      long column = 0;
      for (int k = 0; k < pass.inputs() - 1; k++) {
        long next = column + pass.width(k);
        if (!pass.isGraphInput(k)) {
          INDArray part = error.get(NDArrayIndex.all(), NDArrayIndex.interval(column, next));
          INDArray gradient = pass.result(error.dataType(), pass.input(k).shape());
          RowGather.back(part.dup('c'), rows, gradient);
          gradients[k] = gradient;
        }
        column = next;
      }
      return gradients;
    }
  }
}
