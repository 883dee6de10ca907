package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.kernel.NormPlace;
import io.rankline.model.layer.BatchNormRows;
import io.rankline.model.layer.DenseBlock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.activations.Activation;

/**
 * A feed-forward network over the features of an item and its context: TF-Ranking's {@code
 * create_tower}.
 *
 * <p>Each hidden layer is dense, batch norm, activation, dropout; a last dense layer makes the
 * logits. With several tasks each has such a last layer of its own on the common tower.
 */
public final class DNNScorer extends UnivariateScorer {

  private static final long serialVersionUID = 1;

  private final int[] hiddenLayerDims;
  private final int outputUnits;
  private final List<String> tasks;
  private final Activation activation;
  private final boolean inputBatchNorm;
  private final boolean useBatchNorm;
  private final double batchNormMoment;
  private final double dropout;

  private DNNScorer(Builder builder) {
    new Hyperparameters()
        .widths("hidden_layer_dims", builder.hiddenLayerDims)
        .positive("output_units", builder.outputUnits)
        .momentum("batch_norm_moment", builder.batchNormMoment)
        .rate("dropout", builder.dropout)
        .require();
    hiddenLayerDims = builder.hiddenLayerDims;
    outputUnits = builder.outputUnits;
    tasks = builder.tasks;
    activation = builder.activation;
    inputBatchNorm = builder.inputBatchNorm;
    useBatchNorm = builder.useBatchNorm;
    batchNormMoment = builder.batchNormMoment;
    dropout = builder.dropout;
  }

  /** A scorer with TF-Ranking's defaults; hidden_layer_dims has none. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  protected SortedMap<String, Node> scoreFlattened(ModelGraph graph, Node rows) {
    Node tower = rows;
    if (inputBatchNorm) {
      BatchNormRows norm =
          new BatchNormRows.Builder()
              .nOut(rows.width())
              .batchNormMoment(batchNormMoment)
              .inputGradient(rows.trainable())
              .build();
      tower = graph.add("input_batch_norm", norm, rows.width(), rows);
    }
    for (int k = 0; k < hiddenLayerDims.length; k++) {
      DenseBlock hidden =
          new DenseBlock.Builder()
              .nIn(tower.width())
              .nOut(hiddenLayerDims[k])
              .activation(activation)
              .batchNorm(useBatchNorm ? NormPlace.BEFORE_ACTIVATION : NormPlace.NONE)
              .batchNormMoment(batchNormMoment)
              .dropout(dropout)
              .inputGradient(tower.trainable())
              .build();
      tower = graph.add("hidden_" + (k + 1), hidden, hiddenLayerDims[k], tower);
    }
    SortedMap<String, Node> logits = new TreeMap<>();
    for (String task : tasks) {
      DenseBlock head =
          new DenseBlock.Builder()
              .nIn(tower.width())
              .nOut(outputUnits)
              .activation(Activation.IDENTITY)
              .build();
      logits.put(task, graph.add(task + "_head", head, outputUnits, tower));
    }
    return logits;
  }

  /** Options of a {@link DNNScorer}. */
  public static final class Builder {

    private int[] hiddenLayerDims = {};
    private int outputUnits = 1;
    private List<String> tasks = List.of(SINGLE_TASK);
    private Activation activation = Activation.RELU;
    private boolean inputBatchNorm;
    private boolean useBatchNorm = true;
    private double batchNormMoment = 0.999;
    private double dropout = 0.5;

    private Builder() {}

    /** Widths of the hidden layers, from the features on; at least one, each 1 or more. */
    public Builder hiddenLayerDims(int... widths) {
      this.hiddenLayerDims = widths.clone();
      return this;
    }

    /** Number of scores of an item, M. Default 1; some losses need more. */
    public Builder outputUnits(int units) {
      this.outputUnits = units;
      return this;
    }

    /** Names of the tasks, each with logits of its own. Default: one task. */
    public Builder tasks(String... names) {
      this.tasks = List.of(names);
      return this;
    }

    /** Of the hidden layers. Default RELU. */
    public Builder activation(Activation function) {
      this.activation = function;
      return this;
    }

    /** Whether features go through batch norm first. Default false. */
    public Builder inputBatchNorm(boolean wanted) {
      this.inputBatchNorm = wanted;
      return this;
    }

    /** Whether hidden layers have batch norm. Default true. */
    public Builder useBatchNorm(boolean wanted) {
      this.useBatchNorm = wanted;
      return this;
    }

    /** Momentum of batch norm's running statistics, in (0, 1). Default 0.999. */
    public Builder batchNormMoment(double momentum) {
      this.batchNormMoment = momentum;
      return this;
    }

    /** Probability to drop an output of a hidden layer in training, in [0, 1). Default 0.5. */
    public Builder dropout(double rate) {
      this.dropout = rate;
      return this;
    }

    /**
     * The scorer.
     *
     * @throws IllegalArgumentException if hyperparameters are out of range, naming all that are
     */
    public DNNScorer build() {
      return new DNNScorer(this);
    }
  }
}
