package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.RowLayers;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Option;
import io.rankline.text.RecordBuilder;
import java.util.Arrays;
import java.util.List;
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
public record TransformerScorer(
    @Option(
            fallback = "[144]",
            least = 1,
            meaning = "widths of the dense layers before the encoder, or none")
        List<Integer> inputLayerDims,
    @Option(
            fallback = "0",
            least = 0,
            below = 1,
            meaning = "probability to drop after each dense layer before the encoder")
        double inputDropout,
    @Option(fallback = "4", least = 1, meaning = "blocks of the encoder") int blocks,
    @Option(fallback = "2", least = 1, meaning = "heads of attention, which must divide the width")
        int heads,
    @Option(fallback = "512", least = 1, meaning = "width of the hidden layer of a block")
        int feedForward,
    @Option(fallback = "0.4", least = 0, below = 1, meaning = "probability to drop in the encoder")
        double dropout,
    @Option(
            fallback = "1",
            least = 1,
            meaning = "scores of an item; some losses need more than one")
        int outputUnits)
    implements Scorer {

  /**
   * Checks all options.
   *
   * @throws IllegalArgumentException naming all that are out of range
   */
  public TransformerScorer {
    inputLayerDims = List.copyOf(inputLayerDims);
    Faults.in(
            TransformerScorer.class,
            inputLayerDims,
            inputDropout,
            blocks,
            heads,
            feedForward,
            dropout,
            outputUnits)
        .addUnless(
            inputLayerDims.isEmpty()
                || heads < 1
                || inputLayerDims.get(inputLayerDims.size() - 1) % heads == 0,
            "heads",
            "must divide the last of input_layer_dims, %s, got %d",
            inputLayerDims,
            heads)
        .orThrow(FaultsException::onOneLine);
  }

  /** The hyperparameters that allRank publishes for Web30K. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    Node x = graph.rows();
    for (int i = 1; i <= inputLayerDims.size(); i++) {
      int width = inputLayerDims.get(i - 1);
      x = RowLayers.dense(graph, "input_" + i, x, width, Activation.IDENTITY, inputDropout);
    }
    Node encoded =
        new TransformerEncoder(blocks, heads, feedForward, dropout).addTo(graph, "encoder", x);
    SortedMap<String, Node> logits = new TreeMap<>();
    logits.put(SINGLE_TASK, RowLayers.linear(graph, "score_rows", encoded, outputUnits));
    return logits;
  }

  /** Collects the hyperparameters. */
  public static final class Builder extends RecordBuilder<TransformerScorer, Builder> {

    private Builder() {
      super(TransformerScorer.class);
    }

    /** Widths of the dense layers before the encoder, or none. */
    public Builder inputLayerDims(int... widths) {
      return set("inputLayerDims", Arrays.stream(widths).boxed().toList());
    }

    /** Dropout after each dense layer before the encoder. */
    public Builder inputDropout(double rate) {
      return set("inputDropout", rate);
    }

    /** Blocks of the encoder (N). */
    public Builder blocks(int blocks) {
      return set("blocks", blocks);
    }

    /** Heads of attention (h), which must divide the width. */
    public Builder heads(int heads) {
      return set("heads", heads);
    }

    /** Width of the hidden layer of a block (d_ff). */
    public Builder feedForward(int width) {
      return set("feedForward", width);
    }

    /** Dropout in the encoder. */
    public Builder dropout(double rate) {
      return set("dropout", rate);
    }

    /** Scores of an item; some losses ask for more than one. */
    public Builder outputUnits(int units) {
      return set("outputUnits", units);
    }
  }
}
