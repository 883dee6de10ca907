package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.kernel.block.NormPlace;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Option;
import io.rankline.text.RecordBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A feed-forward network over the features of an item and its embedding in view of the list.
 *
 * <pre>
 *   x = [features, DocumentInteractionAttention(features)]
 *   score = Dense((Dense, batch norm, relu, dropout)*(batch norm(x)))
 * </pre>
 */
public record DocumentInteractionScorer(
    @Option(
            fallback = "[64, 32, 16]",
            filled = "must have at least one layer",
            least = 1,
            meaning = "widths of the hidden layers")
        List<Integer> hiddenLayerDims,
    @Option(
            fallback = "0.5",
            least = 0,
            below = 1,
            meaning = "probability to drop an output of a hidden layer in training")
        double dropout,
    @Option(
            fallback = "0.999",
            above = 0,
            below = 1,
            meaning = "momentum of batch norm's running statistics")
        double batchNormMoment,
    @Option(
            fallback = "1",
            least = 1,
            meaning = "scores of an item; some losses need more than one")
        int outputUnits,
    @Option(fallback = "1", least = 1, meaning = "heads of attention") int numHeads,
    @Option(fallback = "128", least = 1, meaning = "width of a head and of the embedding")
        int headSize,
    @Option(fallback = "1", least = 1, meaning = "rounds of attention") int numLayers,
    @Option(fallback = "0.5", least = 0, below = 1, meaning = "probability to drop in attention")
        double interactionDropout,
    @Option(
            fallback = "0",
            least = 0,
            words = "must be 0 (none) or more and finite",
            meaning = "standard deviation of the noise that training adds before attention")
        double inputNoiseStddev)
    implements Scorer {

  /**
   * Checks all options.
   *
   * @throws IllegalArgumentException naming all that are out of range
   */
  public DocumentInteractionScorer {
    hiddenLayerDims = List.copyOf(hiddenLayerDims);
    Faults.in(
            DocumentInteractionScorer.class,
            hiddenLayerDims,
            dropout,
            batchNormMoment,
            outputUnits,
            numHeads,
            headSize,
            numLayers,
            interactionDropout,
            inputNoiseStddev)
        .orThrow(FaultsException::onOneLine);
  }

  /** One head of 128, one layer, and hidden layers of 64, 32 and 16. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    // Two vertices take the features, and DL4J wants a gradient for them of both or of neither.
    Node rows = graph.rows();
    Node source = new Node(rows.vertex(), rows.width(), rows.axis(), true);
    Node embedding =
        new DocumentInteractionAttention(
                numHeads, headSize, numLayers, interactionDropout, inputNoiseStddev)
            .addTo(graph, "document_interaction", source);
    Node x = graph.concat("features_and_interaction", List.of(rows, embedding));
    x = RowLayers.batchNorm(graph, "input_norm", x, batchNormMoment, 0);
    for (int i = 1; i <= hiddenLayerDims.size(); i++) {
      x =
          RowLayers.normalized(
              graph,
              "hidden_" + i,
              x,
              hiddenLayerDims.get(i - 1),
              NormPlace.BEFORE_ACTIVATION,
              batchNormMoment,
              dropout);
    }
    SortedMap<String, Node> logits = new TreeMap<>();
    logits.put(SINGLE_TASK, RowLayers.linear(graph, "score_rows", x, outputUnits));
    return logits;
  }

  /** Collects the hyperparameters. */
  public static final class Builder extends RecordBuilder<DocumentInteractionScorer, Builder> {

    private Builder() {
      super(DocumentInteractionScorer.class);
    }

    /** How items are embedded. */
    public Builder interaction(DocumentInteractionAttention interaction) {
      return set("numHeads", interaction.numHeads())
          .set("headSize", interaction.headSize())
          .set("numLayers", interaction.numLayers())
          .set("interactionDropout", interaction.dropout())
          .set("inputNoiseStddev", interaction.inputNoiseStddev());
    }

    /** Widths of the hidden layers. */
    public Builder hiddenLayerDims(int... widths) {
      return set("hiddenLayerDims", Arrays.stream(widths).boxed().toList());
    }

    /** Dropout of the hidden layers. */
    public Builder dropout(double rate) {
      return set("dropout", rate);
    }

    /** Momentum of batch normalisation, in (0, 1). */
    public Builder batchNormMoment(double momentum) {
      return set("batchNormMoment", momentum);
    }

    /** Scores of an item; some losses ask for more than one. */
    public Builder outputUnits(int units) {
      return set("outputUnits", units);
    }
  }
}
