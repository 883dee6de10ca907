package io.rankline.model.layer;

import io.rankline.data.ListBatch;
import io.rankline.model.kernel.ListRows;
import io.rankline.model.kernel.RowGather;
import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts the scores of rows back to where the items stand in their padded lists.
 *
 * <p>Inputs: rows [N, M], the mask [B, L]. Output: [B, L] for M = 1, otherwise [B, L, M]; {@link
 * ListBatch#PADDING_SCORE} at padding.
 */
public final class RestoreList extends RowsVertex {

  private static final long serialVersionUID = 1;

  public RestoreList() {
    super(2, 2);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(inputs[1].arrayElementsPerExample() * widthOf(inputs));
  }

  @Override
  protected RowsFunction function() {
    return new Restore();
  }

  private static final class Restore implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      ListRows rows = pass.rows();
      INDArray values = pass.input(0);
      if (values.rank() != 2 || values.size(0) != rows.rows()) {
        throw new IllegalStateException(
            "vertex '%s' needs %s rows, one for each item of the mask, got %s"
                .formatted(pass.name(), rows.rows(), values.size(0)));
      }
      long outputs = values.size(1);
      long[] shape =
          outputs == 1
              ? new long[] {rows.lists(), rows.listSize()}
              : new long[] {rows.lists(), rows.listSize(), outputs};
      INDArray out = pass.result(values.dataType(), shape);
      RowGather.restore(values, rows, ListBatch.PADDING_SCORE, out);
      return out;
    }

    @Override
    public @Nullable INDArray[] backward(VertexPass pass, INDArray error) {
      ListRows rows = pass.rows();
      long outputs = pass.width(0);
      INDArray gradient = pass.result(error.dataType(), rows.rows(), outputs);
      RowGather.gather(error.reshape(rows.lists(), rows.listSize(), outputs), rows, gradient);
      return new @Nullable INDArray[] {gradient, null};
    }
  }
}
