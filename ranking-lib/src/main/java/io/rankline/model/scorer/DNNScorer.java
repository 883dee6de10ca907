package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.kernel.block.NormPlace;
import io.rankline.model.layer.BatchNormRows;
import io.rankline.model.layer.DenseBlock;
import io.rankline.model.layer.GaussianNoise;
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
 * A feed-forward network over the features of an item and its context: TF-Ranking's {@code
 * create_tower}.
 *
 * <p>Each hidden layer is dense, batch norm, activation, dropout; a last dense layer makes the
 * logits. With several tasks each has such a last layer of its own on the common tower. Features
 * may have Gaussian noise in training.
 *
 * @see <a href="https://doi.org/10.1162/neco.1995.7.1.108">Bishop, Training with Noise is
 *     Equivalent to Tikhonov Regularization, 1995</a>
 */
public record DNNScorer(
    @Option(
            fallback = "[]",
            filled = "must have at least one layer",
            least = 1,
            meaning = "widths of the hidden layers, from the features on")
        List<Integer> hiddenLayerDims,
    @Option(
            fallback = "1",
            least = 1,
            meaning = "scores of an item; some losses need more than one")
        int outputUnits,
    @Option(
            fallback = "[score]",
            inText = false,
            meaning = "names of the tasks, each with logits of its own")
        List<String> tasks,
    @Option(fallback = "relu", meaning = "of the hidden layers") Activation activation,
    @Option(fallback = "false", meaning = "whether features go through batch norm first")
        boolean inputBatchNorm,
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
        double dropout,
    @Option(
            fallback = "0",
            least = 0,
            words = "must be 0 (none) or more and finite",
            meaning =
                "standard deviation of the noise that training adds to features, after"
                    + " input_batch_norm")
        double inputNoiseStddev)
    implements Scorer {

  /**
   * Checks all options.
   *
   * @throws IllegalArgumentException naming all that are out of range
   */
  public DNNScorer {
    hiddenLayerDims = List.copyOf(hiddenLayerDims);
    tasks = List.copyOf(tasks);
    Faults.in(
            DNNScorer.class,
            hiddenLayerDims,
            outputUnits,
            tasks,
            activation,
            inputBatchNorm,
            useBatchNorm,
            batchNormMoment,
            dropout,
            inputNoiseStddev)
        .orThrow(FaultsException::onOneLine);
  }

  /** A scorer with TF-Ranking's defaults; hidden_layer_dims has none. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ScoringScope scope() {
    return ScoringScope.ITEM;
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    Node rows = graph.rows();
    Node tower = rows;
    if (inputBatchNorm) {
      BatchNormRows norm =
          new BatchNormRows.Builder()
              .nOut(rows.width())
              .batchNormMoment(batchNormMoment)
              .momentumCorrected()
              .inputGradient(rows.trainable())
              .build();
      tower = graph.add("input_batch_norm", norm, rows.width(), rows);
    }
    if (inputNoiseStddev > 0) {
      GaussianNoise noise = new GaussianNoise(inputNoiseStddev);
      tower = graph.add("input_noise", noise, tower.width(), Axis.ITEMS, tower);
    }
    for (int k = 0; k < hiddenLayerDims.size(); k++) {
      DenseBlock hidden =
          new DenseBlock.Builder()
              .nIn(tower.width())
              .nOut(hiddenLayerDims.get(k))
              .activation(activation)
              .batchNorm(useBatchNorm ? NormPlace.BEFORE_ACTIVATION : NormPlace.NONE)
              .batchNormMoment(batchNormMoment)
              .momentumCorrected()
              .dropout(dropout)
              .inputGradient(tower.trainable())
              .build();
      tower = graph.add("hidden_" + (k + 1), hidden, hiddenLayerDims.get(k), tower);
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
  public static final class Builder extends RecordBuilder<DNNScorer, Builder> {

    private Builder() {
      super(DNNScorer.class);
    }

    /** Widths of the hidden layers, from the features on; at least one, each 1 or more. */
    public Builder hiddenLayerDims(int... widths) {
      return set("hiddenLayerDims", Arrays.stream(widths).boxed().toList());
    }

    /** Number of scores of an item, M; some losses need more than one. */
    public Builder outputUnits(int units) {
      return set("outputUnits", units);
    }

    /** Names of the tasks, each with logits of its own. */
    public Builder tasks(String... names) {
      return set("tasks", List.of(names));
    }

    /** Of the hidden layers. */
    public Builder activation(Activation function) {
      return set("activation", function);
    }

    /** Whether features go through batch norm first. */
    public Builder inputBatchNorm(boolean wanted) {
      return set("inputBatchNorm", wanted);
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

    /**
     * Standard deviation of the noise that training adds to features, after input batch norm;
     * default 0 for none.
     */
    public Builder inputNoiseStddev(double stddev) {
      return set("inputNoiseStddev", stddev);
    }
  }
}
