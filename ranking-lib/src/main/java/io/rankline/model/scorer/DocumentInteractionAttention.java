package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.layer.GaussianNoise;
import io.rankline.model.layer.LayerNormalization;
import io.rankline.model.scorer.MultiHeadAttention.Initialization;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Option;
import java.io.Serializable;
import org.nd4j.linalg.activations.Activation;

/**
 * Embeds every item of a list in view of the others, by self-attention.
 *
 * <pre>
 *   x = relu(Dense(headSize)) + noise
 *   numLayers times: x = LayerNorm(dropout(MultiHeadAttention(x)) + x)
 * </pre>
 *
 * <p>Every head is {@code headSize} wide, and so is the output. There are no positions: permuting
 * the items of a list permutes their embeddings.
 *
 * @see <a href="https://arxiv.org/abs/1910.09676">Pasumarthi et al., Self-attentive document
 *     interaction networks for permutation equivariant ranking, 2019</a>
 */
public record DocumentInteractionAttention(
    @Option(fallback = "1", least = 1, meaning = "heads of attention") int numHeads,
    @Option(fallback = "128", least = 1, meaning = "width of a head and of the output")
        int headSize,
    @Option(fallback = "1", least = 1, meaning = "rounds of attention") int numLayers,
    @Option(
            fallback = "0.5",
            least = 0,
            below = 1,
            meaning = "probability to drop, of attention probabilities and of their outcome")
        double dropout,
    @Option(
            fallback = "0",
            least = 0,
            words = "must be 0 (none) or more and finite",
            meaning = "standard deviation of Gaussian noise in training")
        double inputNoiseStddev)
    implements Serializable {

  /** Checks every hyperparameter, and reports all faults at once. */
  public DocumentInteractionAttention {
    Faults.in(
            DocumentInteractionAttention.class,
            numHeads,
            headSize,
            numLayers,
            dropout,
            inputNoiseStddev)
        .orThrow(FaultsException::onOneLine);
  }

  /** One layer, dropout 0.5, no noise, as TensorFlow Ranking has it. */
  public DocumentInteractionAttention(int numHeads, int headSize) {
    this(numHeads, headSize, 1, 0.5, 0);
  }

  /**
   * Adds the layers to a graph.
   *
   * @param name start of the names of all vertices
   * @param rows items, [N, any width]
   * @return embeddings, [N, headSize]
   */
  public Node addTo(ModelGraph graph, String name, Node rows) {
    Node x = RowLayers.dense(graph, name + "_input", rows, headSize, Activation.RELU, 0);
    if (inputNoiseStddev > 0) {
      x = graph.add(name + "_noise", new GaussianNoise(inputNoiseStddev), headSize, Axis.ITEMS, x);
    }
    MultiHeadAttention attention =
        new MultiHeadAttention(numHeads, headSize, headSize, dropout, Initialization.KERAS);
    for (int i = 1; i <= numLayers; i++) {
      String layer = name + "_attention_" + i;
      Node attended = attention.addTo(graph, layer, x);
      Node sum = RowLayers.residual(graph, layer + "_residual", attended, x, dropout);
      LayerNormalization norm =
          new LayerNormalization(headSize, LayerNormalization.DOCUMENT_INTERACTION_EPSILON);
      x = graph.add(layer + "_norm", norm, headSize, sum);
    }
    return x;
  }
}
