package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.input.FeatureColumns;
import io.rankline.model.kernel.block.NormPlace;
import io.rankline.model.layer.AdditiveScore;
import io.rankline.model.layer.DenseBlock;
import io.rankline.model.layer.SubWeights;
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
 * A generalised additive model: what each example feature adds to the score is a function of that
 * feature alone, weighted by the context.
 *
 * <pre>
 *   F(c, x) = sum over example features i of w_i(c) * f_i(x_i)
 *   w(c)    = sum over context features j of softmax(g_j(c_j))
 * </pre>
 *
 * <p>Each f_i and g_j is a tower of its own; without context features every w_i is 1. {@code
 * GamExplanation} gives the parts of the score of each item.
 *
 * @see <a href="https://arxiv.org/abs/2005.02553">Zhuang et al., Interpretable Learning-to-Rank
 *     with Generalized Additive Models, 2020</a>
 */
public record GAMScorer(
    @Option(
            fallback = "[]",
            filled = "must have at least one layer",
            least = 1,
            meaning = "widths of the hidden layers of each example feature's tower")
        List<Integer> exampleHiddenLayerDims,
    @Option(
            fallback = "[]",
            least = 1,
            meaning =
                "widths of the hidden layers of each context feature's tower, where there are any")
        List<Integer> contextHiddenLayerDims,
    @Option(fallback = "relu", meaning = "of the hidden layers") Activation activation,
    @Option(fallback = "true", meaning = "whether hidden layers have batch norm")
        boolean useBatchNorm,
    @Option(
            fallback = "0.999",
            above = 0,
            below = 1,
            meaning = "momentum of batch norm's running statistics")
        double batchNormMoment,
    @Option(
            fallback = "0.5",
            least = 0,
            below = 1,
            meaning = "probability to drop an output of a hidden layer in training")
        double dropout)
    implements Scorer {

  /** Vertex of what each feature scores, [N, n]. */
  public static final String SUB_LOGITS = "sub_logits";

  /**
   * Vertex of the weights that the context gives to features, [N, n]; only with context features.
   */
  public static final String SUB_WEIGHTS = "sub_weights_of_items";

  /**
   * Checks all options.
   *
   * @throws IllegalArgumentException naming all that are out of range
   */
  public GAMScorer {
    exampleHiddenLayerDims = List.copyOf(exampleHiddenLayerDims);
    contextHiddenLayerDims = List.copyOf(contextHiddenLayerDims);
    Faults.in(
            GAMScorer.class,
            exampleHiddenLayerDims,
            contextHiddenLayerDims,
            activation,
            useBatchNorm,
            batchNormMoment,
            dropout)
        .orThrow(FaultsException::onOneLine);
  }

  /** A scorer with TF-Ranking's defaults; example_hidden_layer_dims has none. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    List<FeatureColumns> examples = graph.exampleFeatures();
    Node exampleRows = graph.exampleRows();
    requireDense("example", examples, exampleRows);
    Node subLogits =
        towers(
            graph, "example", SUB_LOGITS, exampleRows, widths(examples), exampleHiddenLayerDims, 1);
    Node score;
    if (graph.hasContext()) {
      score = withContext(graph, subLogits);
    } else {
      score = graph.add("additive_score", new AdditiveScore(), 1, Axis.ITEMS, subLogits);
    }
    SortedMap<String, Node> logits = new TreeMap<>();
    logits.put(SINGLE_TASK, score);
    return logits;
  }

  private Node withContext(ModelGraph graph, Node subLogits) {
    if (contextHiddenLayerDims.isEmpty()) {
      throw new IllegalArgumentException(
          "context_hidden_layer_dims must be given for a model with context features, got none");
    }
    List<FeatureColumns> context = graph.contextFeatures();
    Node contextRows = graph.contextRows();
    requireDense("context", context, contextRows);
    int features = subLogits.width();
    Node towers =
        towers(
            graph,
            "context",
            "context_towers_output",
            contextRows,
            widths(context),
            contextHiddenLayerDims,
            features);
    Node weights =
        graph.add("sub_weights", new SubWeights(context.size()), features, Axis.LISTS, towers);
    Node ofItems = graph.toItems(SUB_WEIGHTS, weights);
    return graph.add("additive_score", new AdditiveScore(), 1, Axis.ITEMS, subLogits, ofItems);
  }

  /** One tower a feature, all of them side by side in each layer. */
  private Node towers(
      ModelGraph graph,
      String side,
      String lastName,
      Node rows,
      int[] widths,
      List<Integer> hiddenDims,
      int outputs) {
    Node tower = rows;
    int[] groups = widths;
    for (int k = 0; k < hiddenDims.size(); k++) {
      DenseBlock hidden =
          block(tower, groups, hiddenDims.get(k))
              .activation(activation)
              .batchNorm(useBatchNorm ? NormPlace.BEFORE_ACTIVATION : NormPlace.NONE)
              .batchNormMoment(batchNormMoment)
              .momentumCorrected()
              .dropout(dropout)
              .build();
      int width = groups.length * hiddenDims.get(k);
      tower = graph.add("%s_towers_%s".formatted(side, k + 1), hidden, width, tower);
      groups = new int[groups.length];
      Arrays.fill(groups, hiddenDims.get(k));
    }
    DenseBlock last = block(tower, groups, outputs).activation(Activation.IDENTITY).build();
    return graph.add(lastName, last, groups.length * outputs, tower);
  }

  private static DenseBlock.Builder block(Node input, int[] groups, int outputs) {
    return new DenseBlock.Builder()
        .nIn(input.width())
        .nOut(groups.length * outputs)
        .groups(groups)
        .inputGradient(input.trainable());
  }

  private static int[] widths(List<FeatureColumns> features) {
    return features.stream().mapToInt(FeatureColumns::width).toArray();
  }

  private static void requireDense(String side, List<FeatureColumns> features, Node rows) {
    int dense = features.stream().mapToInt(FeatureColumns::width).sum();
    if (dense != rows.width()) {
      throw new IllegalArgumentException(
          "a GAM reads dense features; the %s has embeddings too, %s columns of %s"
              .formatted(side, rows.width() - dense, rows.width()));
    }
  }

  /** Options of a {@link GAMScorer}. */
  public static final class Builder extends RecordBuilder<GAMScorer, Builder> {

    private Builder() {
      super(GAMScorer.class);
    }

    /** Widths of the hidden layers of each example feature's tower; at least one. */
    public Builder exampleHiddenLayerDims(int... widths) {
      return set("exampleHiddenLayerDims", Arrays.stream(widths).boxed().toList());
    }

    /** Widths of the hidden layers of each context feature's tower, where there are any. */
    public Builder contextHiddenLayerDims(int... widths) {
      return set("contextHiddenLayerDims", Arrays.stream(widths).boxed().toList());
    }

    /** Of the hidden layers. */
    public Builder activation(Activation function) {
      return set("activation", function);
    }

    /** Whether hidden layers have batch norm. */
    public Builder useBatchNorm(boolean wanted) {
      return set("useBatchNorm", wanted);
    }

    /** Momentum of batch norm's running statistics, in (0, 1). */
    public Builder batchNormMoment(double momentum) {
      return set("batchNormMoment", momentum);
    }

    /** Probability to drop an output of a hidden layer in training. */
    public Builder dropout(double rate) {
      return set("dropout", rate);
    }
  }
}
