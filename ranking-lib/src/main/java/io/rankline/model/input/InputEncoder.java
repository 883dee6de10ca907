package io.rankline.model.input;

import io.rankline.data.ListBatch;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.OpenBlas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Carries out the plan of a model's inputs: transforms lists, and makes the arrays that the graph
 * reads. Safe for use by several threads at once.
 */
public final class InputEncoder implements BatchEncoder {

  private static final long serialVersionUID = 1;

  static {
    OpenBlas.fitKernels();
  }

  private final EncodedInputs plan;
  private final String maskFeatureName;
  private final InputTransform transform;

  /**
   * An encoder.
   *
   * @param maskFeatureName name of the graph's mask input
   * @throws IllegalArgumentException if two inputs of the graph have one name
   */
  public InputEncoder(EncodedInputs plan, String maskFeatureName) {
    this.plan = plan;
    this.maskFeatureName = maskFeatureName;
    this.transform = new InputTransform(plan);
    plan.inputNames(maskFeatureName);
  }

  /** The plan. */
  public EncodedInputs plan() {
    return plan;
  }

  /** The names of the graph's inputs, in the order of {@link #inputs}. */
  public List<String> inputNames() {
    return plan.inputNames(maskFeatureName);
  }

  @Override
  public RankingList transform(RankingList raw) {
    return transform.apply(raw);
  }

  @Override
  public ListBatch transform(ListBatch raw) {
    return transform.apply(raw);
  }

  /**
   * The graph's inputs for a batch of lists that were transformed, in the order of {@link
   * #inputNames}: dense examples FLOAT [B, L, F'] and dense context FLOAT [B, C'], each unless it
   * has no column; ids INT32 [B, T] or [B, L, T], -1 where there is none, T that of the item with
   * the most and at least 1; the mask FLOAT [B, L].
   */
  @Override
  public INDArray[] inputs(ListBatch transformed) {
    long lists = transformed.batchSize();
    long length = transformed.listSize();
    requireTransformed(transformed.layout());
    List<INDArray> inputs = new ArrayList<>();
    if (plan.exampleWidth() > 0) {
      inputs.add(NativeFloats.array(transformed.examples(), lists, length, plan.exampleWidth()));
    }
    if (plan.contextWidth() > 0) {
      inputs.add(NativeFloats.array(transformed.context(), lists, plan.contextWidth()));
    }
    for (ValueColumn ids : transformed.contextColumns()) {
      inputs.add(ids((LongColumn) ids, lists));
    }
    for (ValueColumn ids : transformed.exampleColumns()) {
      inputs.add(ids((LongColumn) ids, lists, length));
    }
    float[] mask = new float[transformed.mask().length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = transformed.mask()[i] ? 1 : 0;
    }
    inputs.add(NativeFloats.array(mask, lists, length));
    return inputs.toArray(new INDArray[0]);
  }

  private void requireTransformed(ListLayout layout) {
    ListLayout expected = plan.layout(layout);
    if (!layout.contextDense().equals(expected.contextDense())
        || !layout.exampleDense().equals(expected.exampleDense())
        || layout.contextColumns().size() != expected.contextColumns().size()
        || layout.exampleColumns().size() != expected.exampleColumns().size()) {
      throw new IllegalArgumentException(
          "the batch has other columns than the model reads; transform its lists first");
    }
  }

  private static INDArray ids(LongColumn column, long... rowShape) {
    int most = 1;
    for (int row = 0; row < column.rows(); row++) {
      most = Math.max(most, column.count(row));
    }
    int[] ids = new int[Math.multiplyExact(column.rows(), most)];
    Arrays.fill(ids, -1);
    for (int row = 0; row < column.rows(); row++) {
      for (int t = 0; t < column.count(row); t++) {
        ids[row * most + t] = (int) column.values()[column.start(row) + t];
      }
    }
    long[] shape = Arrays.copyOf(rowShape, rowShape.length + 1);
    shape[rowShape.length] = most;
    return Nd4j.createFromArray(ids).reshape('c', shape);
  }
}
