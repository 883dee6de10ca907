package io.rankline.model.layer;

import io.rankline.model.kernel.ListRows;
import io.rankline.model.kernel.bag.TokenIds;
import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Puts the ids of token features that share an embedding table one below the other.
 *
 * <p>Inputs: ids of context features [B, T] first, ids of example features [B, L, T] after them,
 * then the mask [B, L]; T may differ. Output: INT32 [bags, T] with the largest T, -1 where a bag
 * has fewer ids: B bags of each context feature, then N bags of each example feature, one for every
 * item. {@link BagSlice} finds them again. All inputs are graph inputs, so there is no gradient.
 */
public final class TokenBags extends RowsVertex {

  private static final long serialVersionUID = 1;

  public TokenBags() {
    super(2, Integer.MAX_VALUE);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    long most = 0;
    for (int k = 0; k < inputs.length - 1; k++) {
      most = Math.max(most, widthOf(inputs[k]));
    }
    return InputType.feedForward(most);
  }

  @Override
  protected RowsFunction function() {
    return new Collect();
  }

  private static final class Collect implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      ListRows rows = pass.rows();
      int bags = 0;
      int most = 0;
      for (int k = 0; k < pass.inputs() - 1; k++) {
        requireShape(pass, rows, k);
        bags += isContext(pass, k) ? rows.lists() : rows.rows();
        most = Math.max(most, Math.toIntExact(pass.width(k)));
      }
      int[] ids = new int[Math.multiplyExact(bags, most)];
      Arrays.fill(ids, -1);
      int bag = 0;
      for (int k = 0; k < pass.inputs() - 1; k++) {
        int[] from = TokenIds.toHeap(pass.input(k));
        int width = Math.toIntExact(pass.width(k));
        boolean ofContext = isContext(pass, k);
        int count = ofContext ? rows.lists() : rows.rows();
        for (int i = 0; i < count; i++) {
          int slot = ofContext ? i : rows.slots()[i];
          System.arraycopy(from, slot * width, ids, bag++ * most, width);
        }
      }
      return pass.kept(Nd4j.createFromArray(ids).reshape('c', new long[] {bags, most}));
    }

    @Override
    public @Nullable INDArray[] backward(VertexPass pass, INDArray error) {
      return new INDArray[pass.inputs()];
    }

    private static boolean isContext(VertexPass pass, int input) {
      return pass.input(input).rank() == 2;
    }

    private static void requireShape(VertexPass pass, ListRows rows, int input) {
      INDArray ids = pass.input(input);
      boolean fits =
          ids.size(0) == rows.lists()
              && (ids.rank() == 2 || (ids.rank() == 3 && ids.size(1) == rows.listSize()));
      if (!fits) {
        throw new IllegalArgumentException(
            "ids must have shape [%s, tokens] or [%s, %s, tokens] as the mask says, got %s"
                .formatted(
                    rows.lists(), rows.lists(), rows.listSize(), Arrays.toString(ids.shape())));
      }
      if (input > 0 && isContext(pass, input) && !isContext(pass, input - 1)) {
        throw new IllegalArgumentException(
            "ids of context features must come before those of example features");
      }
    }
  }
}
