package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.layer.LayerNormalization;
import io.rankline.model.scorer.MultiHeadAttention.Initialization;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Option;
import java.io.Serializable;
import org.nd4j.linalg.activations.Activation;

/**
 * A transformer's encoder over the items of a list, as allRank builds it.
 *
 * <pre>
 *   blocks times: x = x + dropout(MultiHeadAttention(LayerNorm(x)))
 *                 x = x + dropout(Dense(width)(dropout(relu(Dense(feedForward)(LayerNorm(x))))))
 *   x = LayerNorm(x)
 * </pre>
 *
 * <p>The width is that of its input. There are no positions: permuting the items of a list permutes
 * what comes out.
 *
 * @see <a href="https://arxiv.org/abs/2005.10084">Pobrotyn et al., Context-aware learning to rank
 *     with self-attention, 2020</a>
 */
record TransformerEncoder(
    @Option(fallback = "4", least = 1, meaning = "blocks, allRank's N") int blocks,
    @Option(fallback = "2", least = 1, meaning = "heads of attention, dividing the width")
        int heads,
    @Option(fallback = "512", least = 1, meaning = "width of the hidden layer") int feedForward,
    @Option(
            fallback = "0.4",
            least = 0,
            below = 1,
            meaning = "probability to drop, also of attention probabilities")
        double dropout)
    implements Serializable {

  /** Checks every hyperparameter, and reports all faults at once. */
  public TransformerEncoder {
    Faults.in(TransformerEncoder.class, blocks, heads, feedForward, dropout)
        .orThrow(FaultsException::onOneLine);
  }

  /**
   * Adds the encoder to a graph.
   *
   * @param name start of the names of all vertices
   * @param rows items, [N, width]
   * @return encoded items, [N, width]
   * @throws IllegalArgumentException if the heads do not divide the width
   */
  public Node addTo(ModelGraph graph, String name, Node rows) {
    int width = rows.width();
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "heads must divide the width of '%s', %s, got %s; choose a width with inputLayerDims"
              .formatted(rows.vertex(), width, heads));
    }
    MultiHeadAttention attention =
        new MultiHeadAttention(heads, width / heads, width, dropout, Initialization.MATRICES);
    Node x = rows;
    for (int i = 1; i <= blocks; i++) {
      String block = name + "_block_" + i;
      Node attended =
          attention.addTo(graph, block + "_attention", norm(graph, block + "_norm_1", x));
      x = RowLayers.residual(graph, block + "_residual_1", attended, x, dropout);
      Node fed = feedForward(graph, block, norm(graph, block + "_norm_2", x));
      x = RowLayers.residual(graph, block + "_residual_2", fed, x, dropout);
    }
    return norm(graph, name + "_norm", x);
  }

  private Node feedForward(ModelGraph graph, String block, Node rows) {
    Node hidden =
        RowLayers.dense(
            graph, block + "_feed_forward_1", rows, feedForward, Activation.RELU, dropout);
    return RowLayers.linear(graph, block + "_feed_forward_2", hidden, rows.width());
  }

  private static Node norm(ModelGraph graph, String name, Node rows) {
    LayerNormalization layer =
        new LayerNormalization(rows.width(), LayerNormalization.TRANSFORMER_EPSILON);
    return graph.add(name, layer, rows.width(), rows);
  }
}
