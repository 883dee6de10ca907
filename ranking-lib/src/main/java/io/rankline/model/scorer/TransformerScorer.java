package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.RowLayers;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.activations.Activation;

/**
 * Scores items in view of their list with a transformer's encoder, as allRank does.
 *
 * <p>Dense layers without activation bring the features to the encoder's width; a dense layer after
 * the encoder makes the scores. Scores depend on which items are in a list, not on their order.
 *
 * @see TransformerEncoder
 */
public final class TransformerScorer implements Scorer {

  private static final long serialVersionUID = 1;

  private final int[] inputLayerDims;
  private final double inputDropout;
  private final TransformerEncoder encoder;
  private final int outputUnits;

  private TransformerScorer(Builder builder) {
    this.inputLayerDims = builder.inputLayerDims.clone();
    this.inputDropout = builder.inputDropout;
    this.encoder =
        new TransformerEncoder(builder.blocks, builder.heads, builder.feedForward, builder.dropout);
    this.outputUnits = builder.outputUnits;
  }

  /** The hyperparameters that allRank publishes for Web30K. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    Node x = graph.rows();
    for (int i = 1; i <= inputLayerDims.length; i++) {
      int width = inputLayerDims[i - 1];
      x = RowLayers.dense(graph, "input_" + i, x, width, Activation.IDENTITY, inputDropout);
    }
    Node encoded = encoder.addTo(graph, "encoder", x);
    SortedMap<String, Node> logits = new TreeMap<>();
    logits.put(SINGLE_TASK, RowLayers.linear(graph, "score_rows", encoded, outputUnits));
    return logits;
  }

  /** Collects the hyperparameters. */
  public static final class Builder {

    private int[] inputLayerDims = {144};
    private double inputDropout;
    private int blocks = 4;
    private int heads = 2;
    private int feedForward = 512;
    private double dropout = 0.4;
    private int outputUnits = 1;

    private Builder() {}

    /** Widths of the dense layers before the encoder, or none; 144 where not said. */
    public Builder inputLayerDims(int... widths) {
      this.inputLayerDims = widths.clone();
      return this;
    }

    /** Dropout after each dense layer before the encoder, in [0, 1); 0 where not said. */
    public Builder inputDropout(double rate) {
      this.inputDropout = rate;
      return this;
    }

    /** Blocks of the encoder (N); 4 where not said. */
    public Builder blocks(int blocks) {
      this.blocks = blocks;
      return this;
    }

    /** Heads of attention (h), which must divide the width; 2 where not said. */
    public Builder heads(int heads) {
      this.heads = heads;
      return this;
    }

    /** Width of the hidden layer of a block (d_ff); 512 where not said. */
    public Builder feedForward(int width) {
      this.feedForward = width;
      return this;
    }

    /** Dropout in the encoder, in [0, 1); 0.4 where not said. */
    public Builder dropout(double rate) {
      this.dropout = rate;
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
    public TransformerScorer build() {
      Hyperparameters checks =
          new Hyperparameters()
              .positive("input_layer_dims", inputLayerDims)
              .rate("input_dropout", inputDropout)
              .positive("blocks", blocks)
              .positive("heads", heads)
              .positive("feed_forward", feedForward)
              .rate("dropout", dropout)
              .positive("output_units", outputUnits);
      if (heads > 0
          && inputLayerDims.length > 0
          && inputLayerDims[inputLayerDims.length - 1] % heads != 0) {
        checks.fault(
            "heads must divide the last of input_layer_dims, %s, got %d"
                .formatted(Arrays.toString(inputLayerDims), heads));
      }
      checks.require();
      return new TransformerScorer(this);
    }
  }
}
