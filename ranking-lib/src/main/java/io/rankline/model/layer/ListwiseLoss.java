package io.rankline.model.layer;

import io.rankline.loss.LossObjective;
import io.rankline.loss.LossText;
import io.rankline.loss.form.RankingLoss;
import io.rankline.model.layer.loss.ListwiseLossLayer;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The output of a ranking network: a ranking loss over lists.
 *
 * <p>Its input are logits [B, L], or [B, L, M] for a loss of M scores an item, and its output are
 * the same logits. Labels are [B, L] with -1 at padding, where logits have no influence and get no
 * gradient. Weights come as DL4J's label mask: [B, L] for items, [B, 1] for lists. A graph of
 * several tasks has one of these layers for each of them; their scores add up, and each is scaled
 * by the weight of its task.
 *
 * <p>The loss has its own reduction: use it in networks with {@code miniBatch(false)}, since DL4J
 * divides gradients by the number of lists otherwise. The number of the step that sampling losses
 * draw by is the network's iteration. NaN scores, negative weights and the like are errors, as
 * {@link LossObjective} has them.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NONE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE,
    setterVisibility = JsonAutoDetect.Visibility.NONE)
public final class ListwiseLoss extends NoParamLayer {

  private final LossObjective objective;
  private final double taskWeight;

  /** The objective of a single task. */
  public ListwiseLoss(LossObjective objective) {
    this(objective, 1);
  }

  /** One loss with its default reduction. */
  public ListwiseLoss(RankingLoss loss) {
    this(LossObjective.of(loss), 1);
  }

  /**
   * The objective of one task of several.
   *
   * @param taskWeight factor of loss and gradient, finite
   */
  public ListwiseLoss(LossObjective objective, double taskWeight) {
    if (!(Math.abs(taskWeight) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("the weight of a task must be finite, got " + taskWeight);
    }
    this.objective = objective;
    this.taskWeight = taskWeight;
  }

  @JsonCreator
  static ListwiseLoss ofJson(
      @JsonProperty("layerName") @Nullable String name,
      @JsonProperty("objective") String objective,
      @JsonProperty("taskWeight") double taskWeight) {
    ListwiseLoss loss = new ListwiseLoss(LossText.parse(objective), taskWeight);
    loss.setLayerName(name);
    return loss;
  }

  /** What is minimised. */
  public LossObjective objective() {
    return objective;
  }

  /** Factor of the loss among those of other tasks. */
  @JsonProperty("taskWeight")
  public double taskWeight() {
    return taskWeight;
  }

  /**
   * The objective as text, in which it travels with the network.
   *
   * @throws IllegalArgumentException for a loss of your own that cannot be written as text
   */
  @JsonProperty("objective")
  String objectiveText() {
    return LossText.render(objective);
  }

  @Override
  @JsonProperty("layerName")
  public @Nullable String getLayerName() {
    return super.getLayerName();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      @Nullable Collection<TrainingListener> listeners,
      int layerIndex,
      @Nullable INDArray parameters,
      boolean initializeParameters,
      DataType networkDataType) {
    ListwiseLossLayer layer = new ListwiseLossLayer(conf, networkDataType, objective, taskWeight);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return inputType;
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    return new LayerMemoryReport.Builder(getLayerName(), ListwiseLoss.class, inputType, inputType)
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, inputType.arrayElementsPerExample())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListwiseLoss that
        && super.equals(other)
        && objective.equals(that.objective)
        && Double.compare(taskWeight, that.taskWeight) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + 7 * objective.hashCode() + Double.hashCode(taskWeight);
  }

  @Override
  public String toString() {
    return "ListwiseLoss(objective=%s, taskWeight=%s)".formatted(objective, taskWeight);
  }
}
