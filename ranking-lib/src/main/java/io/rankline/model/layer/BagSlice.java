package io.rankline.model.layer;

import io.rankline.model.kernel.ListRows;
import io.rankline.model.layer.vertex.RowsFunction;
import io.rankline.model.layer.vertex.RowsVertex;
import io.rankline.model.layer.vertex.VertexPass;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The pooled bags of one of several features that share an embedding table.
 *
 * <p>Inputs: pooled bags [bags, width] in the order of {@link TokenBags}, then the mask. Output:
 * [B, width] for a context feature, rows [N, width] for an example feature.
 */
public final class BagSlice extends RowsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty private final int contextFeatures;
  @JsonProperty private final int feature;

  /**
   * The bags of one feature.
   *
   * @param contextFeatures how many of the features belong to the context, 0 or more
   * @param feature its place among all features, from 0
   */
  @JsonCreator
  public BagSlice(
      @JsonProperty("contextFeatures") int contextFeatures, @JsonProperty("feature") int feature) {
    super(2, 2);
    if (contextFeatures < 0 || feature < 0) {
      throw new IllegalArgumentException(
          "contextFeatures and feature must be 0 or more, got %s and %s"
              .formatted(contextFeatures, feature));
    }
    this.contextFeatures = contextFeatures;
    this.feature = feature;
  }

  @Override
  protected List<?> settings() {
    return List.of(contextFeatures, feature);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return inputs[0];
  }

  @Override
  protected RowsFunction function() {
    return new Slice();
  }

  private INDArray slice(INDArray bags, ListRows rows) {
    boolean ofContext = feature < contextFeatures;
    long from =
        ofContext
            ? (long) feature * rows.lists()
            : (long) contextFeatures * rows.lists()
                + (long) (feature - contextFeatures) * rows.rows();
    long to = from + (ofContext ? rows.lists() : rows.rows());
    return bags.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private final class Slice implements RowsFunction {

    @Override
    public INDArray forward(VertexPass pass) {
      return pass.copied(slice(pass.input(0), pass.rows()));
    }

    @Override
    public @Nullable INDArray[] backward(VertexPass pass, INDArray error) {
      INDArray bags = pass.input(0);
      INDArray gradient = pass.result(bags.dataType(), bags.shape()).assign(0);
      slice(gradient, pass.rows()).assign(error);
      return new @Nullable INDArray[] {gradient, null};
    }
  }
}
