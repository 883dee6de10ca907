package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.kernel.NormPlace;
import io.rankline.model.layer.LatentCross;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Data augmented self-attentive latent cross: a feed-forward network over noisy features, each item
 * scaled by its embedding in view of the list.
 *
 * <pre>
 *   z = DocumentInteractionAttention(features)
 *   h = Dense((Dense, relu, batch norm, dropout)*(batch norm(features) + noise))
 *   c = Dense(batch norm(z))
 *   score = Dense(dropout(relu(h * c + h)))
 * </pre>
 *
 * <p>Features are to be symmetric logarithms, cut off at 30, which is the preprocessor's part.
 *
 * @see <a href="https://openreview.net/forum?id=Ut1vF_q_vC">Qin et al., Are neural rankers still
 *     outperformed by gradient boosted decision trees?, ICLR 2021</a>
 */
public final class DasalcScorer implements Scorer {

  private static final long serialVersionUID = 1;

  private final int[] hiddenLayerDims;
  private final double dropout;
  private final double batchNormMoment;
  private final double noiseStddev;
  private final DocumentInteractionAttention interaction;
  private final int outputUnits;

  private DasalcScorer(Builder builder) {
    this.hiddenLayerDims = builder.hiddenLayerDims.clone();
    this.dropout = builder.dropout;
    this.batchNormMoment = builder.batchNormMoment;
    this.noiseStddev = builder.inputNoiseStddev;
    this.interaction =
        new DocumentInteractionAttention(
            builder.numHeads,
            builder.headSize,
            builder.numLayers,
            builder.dropout,
            builder.inputNoiseStddev);
    this.outputUnits = builder.outputUnits;
  }

  /** The hyperparameters that are published for Web30K. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    Node rows = graph.rows();
    Node embedding = interaction.addTo(graph, "interaction", rows);
    Node hidden = hidden(graph, rows);
    Node context =
        RowLayers.linear(
            graph,
            "context",
            RowLayers.batchNorm(graph, "context_norm", embedding, batchNormMoment, 0),
            hidden.width());
    LatentCross cross = LatentCross.rectified(dropout);
    Node crossed = graph.add("cross", cross, hidden.width(), Axis.ITEMS, hidden, context);
    SortedMap<String, Node> logits = new TreeMap<>();
    logits.put(SINGLE_TASK, RowLayers.linear(graph, "score_rows", crossed, outputUnits));
    return logits;
  }

  private Node hidden(ModelGraph graph, Node rows) {
    Node x = RowLayers.batchNorm(graph, "input_norm", rows, batchNormMoment, noiseStddev);
    for (int i = 1; i <= hiddenLayerDims.length; i++) {
      x =
          RowLayers.normalized(
              graph,
              "hidden_" + i,
              x,
              hiddenLayerDims[i - 1],
              NormPlace.AFTER_ACTIVATION,
              batchNormMoment,
              dropout);
    }
    return RowLayers.linear(graph, "hidden", x, x.width());
  }

  /** Collects the hyperparameters. */
  public static final class Builder {

    private int[] hiddenLayerDims = {512, 512};
    private double dropout = 0.4;
    private double batchNormMoment = 0.9;
    private double inputNoiseStddev = 1.5;
    private int numLayers = 4;
    private int numHeads = 2;
    private int headSize = 100;
    private int outputUnits = 1;

    private Builder() {}

    /**
     * Widths of the hidden layers; what is crossed is as wide as the last. 512, 512 where not said.
     */
    public Builder hiddenLayerDims(int... widths) {
      this.hiddenLayerDims = widths.clone();
      return this;
    }

    /** Dropout everywhere, in [0, 1); 0.4 where not said. */
    public Builder dropout(double rate) {
      this.dropout = rate;
      return this;
    }

    /** Momentum of batch normalisation, in (0, 1); 0.9 where not said. */
    public Builder batchNormMoment(double momentum) {
      this.batchNormMoment = momentum;
      return this;
    }

    /**
     * Standard deviation of the noise that training adds to both branches, 0 for none; 1.5 where
     * not said.
     */
    public Builder inputNoiseStddev(double deviation) {
      this.inputNoiseStddev = deviation;
      return this;
    }

    /** Rounds of attention; 4 where not said. */
    public Builder numLayers(int layers) {
      this.numLayers = layers;
      return this;
    }

    /** Heads of attention; 2 where not said. */
    public Builder numHeads(int heads) {
      this.numHeads = heads;
      return this;
    }

    /** Width of a head and of the embedding; 100 where not said. */
    public Builder headSize(int width) {
      this.headSize = width;
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
    public DasalcScorer build() {
      new Hyperparameters()
          .widths("hidden_layer_dims", hiddenLayerDims)
          .rate("dropout", dropout)
          .momentum("batch_norm_moment", batchNormMoment)
          .deviation("input_noise_stddev", inputNoiseStddev)
          .positive("num_layers", numLayers)
          .positive("num_heads", numHeads)
          .positive("head_size", headSize)
          .positive("output_units", outputUnits)
          .require();
      return new DasalcScorer(this);
    }
  }
}
