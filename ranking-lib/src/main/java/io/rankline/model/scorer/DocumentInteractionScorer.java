package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.kernel.NormPlace;
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
public final class DocumentInteractionScorer implements Scorer {

  private static final long serialVersionUID = 1;

  private final DocumentInteractionAttention interaction;
  private final int[] hiddenLayerDims;
  private final double dropout;
  private final double batchNormMoment;
  private final int outputUnits;

  private DocumentInteractionScorer(Builder builder) {
    this.interaction = builder.interaction;
    this.hiddenLayerDims = builder.hiddenLayerDims.clone();
    this.dropout = builder.dropout;
    this.batchNormMoment = builder.batchNormMoment;
    this.outputUnits = builder.outputUnits;
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
    Node embedding = interaction.addTo(graph, "document_interaction", source);
    Node x = graph.concat("features_and_interaction", List.of(rows, embedding));
    x = RowLayers.batchNorm(graph, "input_norm", x, batchNormMoment, 0);
    for (int i = 1; i <= hiddenLayerDims.length; i++) {
      x =
          RowLayers.normalized(
              graph,
              "hidden_" + i,
              x,
              hiddenLayerDims[i - 1],
              NormPlace.BEFORE_ACTIVATION,
              batchNormMoment,
              dropout);
    }
    SortedMap<String, Node> logits = new TreeMap<>();
    logits.put(SINGLE_TASK, RowLayers.linear(graph, "score_rows", x, outputUnits));
    return logits;
  }

  /** Collects the hyperparameters. */
  public static final class Builder {

    private DocumentInteractionAttention interaction = new DocumentInteractionAttention(1, 128);
    private int[] hiddenLayerDims = {64, 32, 16};
    private double dropout = 0.5;
    private double batchNormMoment = 0.999;
    private int outputUnits = 1;

    private Builder() {}

    /** How items are embedded; one head of 128 and one layer where not said. */
    public Builder interaction(DocumentInteractionAttention interaction) {
      this.interaction = interaction;
      return this;
    }

    /** Widths of the hidden layers; 64, 32, 16 where not said. */
    public Builder hiddenLayerDims(int... widths) {
      this.hiddenLayerDims = widths.clone();
      return this;
    }

    /** Dropout of the hidden layers, in [0, 1); 0.5 where not said. */
    public Builder dropout(double rate) {
      this.dropout = rate;
      return this;
    }

    /** Momentum of batch normalisation, in (0, 1); 0.999 where not said. */
    public Builder batchNormMoment(double momentum) {
      this.batchNormMoment = momentum;
      return this;
    }

    /** Scores of an item; 1 where not said, more for losses that ask for them. */
    public Builder outputUnits(int units) {
      this.outputUnits = units;
      return this;
    }

    /**
     * The scorer.
     *
     * @throws IllegalArgumentException with everything that is wrong with the hyperparameters
     */
    public DocumentInteractionScorer build() {
      new Hyperparameters()
          .widths("hidden_layer_dims", hiddenLayerDims)
          .rate("dropout", dropout)
          .momentum("batch_norm_moment", batchNormMoment)
          .positive("output_units", outputUnits)
          .require();
      return new DocumentInteractionScorer(this);
    }
  }
}
