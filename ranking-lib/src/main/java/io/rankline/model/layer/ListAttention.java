package io.rankline.model.layer;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
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
public final class ListAttention extends SettingsVertex {

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
    this.numHeads = Settings.positive("num_heads", numHeads);
    this.keyDim = Settings.positive("key_dim", keyDim);
    this.dropout = Settings.rate("dropout", dropout);
  }

  @Override
  List<?> settings() {
    return List.of(numHeads, keyDim, dropout);
  }

  @Override
  long outputWidth(long inputWidth) {
    return (long) numHeads * keyDim;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new ListAttentionVertex(numHeads, keyDim, dropout, graph, name, index, dataType);
  }
}
