package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.layer.LayerNormalization;
import io.rankline.model.scorer.MultiHeadAttention.Initialization;
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
 * @param blocks 1 or more (allRank's N)
 * @param heads 1 or more, dividing the width (h)
 * @param feedForward width of the hidden layer, 1 or more (d_ff)
 * @param dropout probability to drop, also of attention probabilities, in [0, 1)
 * @see <a href="https://arxiv.org/abs/2005.10084">Pobrotyn et al., Context-aware learning to rank
 *     with self-attention, 2020</a>
 */
public record TransformerEncoder(int blocks, int heads, int feedForward, double dropout)
    implements Serializable {

  /** Checks every hyperparameter, and tells all faults at once. */
  public TransformerEncoder {
    new Hyperparameters()
        .positive("blocks", blocks)
        .positive("heads", heads)
        .positive("feed_forward", feedForward)
        .rate("dropout", dropout)
        .require();
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
          "heads must divide the width of '%s', %d, got %d; choose a width with inputLayerDims"
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
