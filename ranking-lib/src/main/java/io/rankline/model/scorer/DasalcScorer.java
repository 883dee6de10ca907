package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.kernel.block.NormPlace;
import io.rankline.model.layer.LatentCross;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Option;
import io.rankline.text.RecordBuilder;
import java.util.Arrays;
import java.util.List;
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
public record DasalcScorer(
    @Option(
            fallback = "[512, 512]",
            filled = "must have at least one layer",
            least = 1,
            meaning = "widths of the hidden layers; what is crossed is as wide as the last")
        List<Integer> hiddenLayerDims,
    @Option(fallback = "0.4", least = 0, below = 1, meaning = "probability to drop, everywhere")
        double dropout,
    @Option(
            fallback = "0.9",
            above = 0,
            below = 1,
            meaning = "momentum of batch norm's running statistics")
        double batchNormMoment,
    @Option(
            fallback = "1.5",
            least = 0,
            words = "must be 0 (none) or more and finite",
            meaning = "standard deviation of the noise that training adds to both branches")
        double inputNoiseStddev,
    @Option(fallback = "4", least = 1, meaning = "rounds of attention") int numLayers,
    @Option(fallback = "2", least = 1, meaning = "heads of attention") int numHeads,
    @Option(fallback = "100", least = 1, meaning = "width of a head and of the embedding")
        int headSize,
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
  public DasalcScorer {
    hiddenLayerDims = List.copyOf(hiddenLayerDims);
    Faults.in(
            DasalcScorer.class,
            hiddenLayerDims,
            dropout,
            batchNormMoment,
            inputNoiseStddev,
            numLayers,
            numHeads,
            headSize,
            outputUnits)
        .orThrow(FaultsException::onOneLine);
  }

  /** The hyperparameters that are published for Web30K. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    Node rows = graph.rows();
    Node embedding =
        new DocumentInteractionAttention(numHeads, headSize, numLayers, dropout, inputNoiseStddev)
            .addTo(graph, "interaction", rows);
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
    Node x = RowLayers.batchNorm(graph, "input_norm", rows, batchNormMoment, inputNoiseStddev);
    for (int i = 1; i <= hiddenLayerDims.size(); i++) {
      x =
          RowLayers.normalized(
              graph,
              "hidden_" + i,
              x,
              hiddenLayerDims.get(i - 1),
              NormPlace.AFTER_ACTIVATION,
              batchNormMoment,
              dropout);
    }
    return RowLayers.linear(graph, "hidden", x, x.width());
  }

  /** Collects the hyperparameters. */
  public static final class Builder extends RecordBuilder<DasalcScorer, Builder> {

    private Builder() {
      super(DasalcScorer.class);
    }

    /** Widths of the hidden layers; what is crossed is as wide as the last. */
    public Builder hiddenLayerDims(int... widths) {
      return set("hiddenLayerDims", Arrays.stream(widths).boxed().toList());
    }

    /** Dropout everywhere. */
    public Builder dropout(double rate) {
      return set("dropout", rate);
    }

    /** Momentum of batch normalisation, in (0, 1). */
    public Builder batchNormMoment(double momentum) {
      return set("batchNormMoment", momentum);
    }

    /** Standard deviation of the noise that training adds to both branches, 0 for none. */
    public Builder inputNoiseStddev(double deviation) {
      return set("inputNoiseStddev", deviation);
    }

    /** Rounds of attention. */
    public Builder numLayers(int layers) {
      return set("numLayers", layers);
    }

    /** Heads of attention. */
    public Builder numHeads(int heads) {
      return set("numHeads", heads);
    }

    /** Width of a head and of the embedding. */
    public Builder headSize(int width) {
      return set("headSize", width);
    }

    /** Scores of an item; some losses ask for more than one. */
    public Builder outputUnits(int units) {
      return set("outputUnits", units);
    }
  }
}
