package io.rankline.model.layer;

import io.rankline.model.kernel.ListRows;
import io.rankline.model.kernel.attention.Attention;
import io.rankline.model.kernel.attention.AttentionBatch;
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
 * Scaled dot-product attention with several heads, of every list over its own items.
 *
 * <pre>
 *   O_h = dropout(softmax(Q_h K_h^T / sqrt(keyDim))) V_h
 * </pre>
 *
 * <p>Inputs: queries, keys and values of all heads side by side, shape [N, 3 * numHeads * keyDim],
 * and the mask, shape [B, L]. Output: the heads side by side, shape [N, numHeads * keyDim]. The
 * projections before and after are dense layers, which a block of the model room adds: so every
 * parameter is a layer's, where DL4J's regularization, counting and checking look for them.
 *
 * <p>The order of the items of a list has no influence, nor have other lists or padding. Time is
 * quadratic in the length of a list; memory beside input and output is linear.
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al., Attention is all you need,
 *     NeurIPS 2017</a>
 */
public final class ListAttention extends RowsVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty("numHeads")
  private final int numHeads;

  @JsonProperty("keyDim")
  private final int keyDim;

  @JsonProperty("dropout")
  private final double dropout;

  /**
   * Attention.
   *
   * @param numHeads heads, 1 or more
   * @param keyDim width of one head, 1 or more
   * @param dropout probability that an attention probability is dropped in training, in [0, 1)
   */
  @JsonCreator
  public ListAttention(
      @JsonProperty("numHeads") int numHeads,
      @JsonProperty("keyDim") int keyDim,
      @JsonProperty("dropout") double dropout) {
    super(2, 2);
    this.numHeads = Checked.positive("num_heads", numHeads);
    this.keyDim = Checked.positive("key_dim", keyDim);
    this.dropout = Checked.rate("dropout", dropout);
  }

  @Override
  protected List<?> settings() {
    return List.of(numHeads, keyDim, dropout);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward((long) numHeads * keyDim);
  }

  @Override
  protected RowsFunction function() {
    return new Attend();
  }

  private final class Attend implements RowsFunction {

    private final Attention attention = new Attention();

    @Override
    public INDArray forward(VertexPass pass) {
      AttentionBatch batch = batch(pass);
      INDArray output =
          pass.result(pass.input(0).dataType(), pass.input(0).size(0), (long) numHeads * keyDim);
      attention.forward(batch, output);
      return output;
    }

    @Override
    public @Nullable INDArray[] backward(VertexPass pass, INDArray error) {
      INDArray gradient = pass.result(pass.input(0).dataType(), pass.input(0).shape());
      attention.backward(batch(pass), error, gradient);
      return new @Nullable INDArray[] {gradient, null};
    }

    private AttentionBatch batch(VertexPass pass) {
      ListRows rows = pass.rowsOfInput(3L * numHeads * keyDim);
      return new AttentionBatch(
          pass.input(0),
          rows.starts(),
          numHeads,
          keyDim,
          pass.dropout(dropout, rows.longest()),
          pass.iteration());
    }
  }
}
