package io.rankline.model.layer;

import io.rankline.loss.LossObjective;
import io.rankline.loss.LossText;
import io.rankline.loss.form.RankingLoss;
import io.rankline.model.layer.loss.BatchLoss;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A ranking loss for DL4J's own output layers: each row of the output is a list, [B, L].
 *
 * <p>Labels, weights and errors are those of {@link ListwiseLoss}, which suits lists that are made
 * of item rows. The loss applies to what the layer's activation function gives. It has its own
 * reduction, so {@code average} is not looked at; use {@code miniBatch(false)}. DL4J tells a loss
 * function nothing about the step: a sampling loss with a seed draws the same samples in every
 * step, one without a seed draws others.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NONE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE,
    setterVisibility = JsonAutoDetect.Visibility.NONE)
public final class RankingLossFunction implements ILossFunction {

  private final LossObjective objective;
  private transient @Nullable BatchLoss loss;

  public RankingLossFunction(LossObjective objective) {
    this.objective = objective;
  }

  /** One loss with its default reduction. */
  public RankingLossFunction(RankingLoss loss) {
    this(LossObjective.of(loss));
  }

  @JsonCreator
  static RankingLossFunction ofJson(@JsonProperty("objective") String objective) {
    return new RankingLossFunction(LossText.parse(objective));
  }

  /** What is minimised. */
  public LossObjective objective() {
    return objective;
  }

  @JsonProperty("objective")
  String objectiveText() {
    return LossText.render(objective);
  }

  @Override
  public synchronized double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return loss().value(activated(preOutput, activation), labels, mask, 0);
  }

  @Override
  public synchronized INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    double[] values = loss().valueOfEachList(activated(preOutput, activation), labels, mask, 0);
    return Nd4j.createFromArray(values).reshape(values.length, 1).castTo(preOutput.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return computeGradientAndScore(labels, preOutput, activation, mask, false).getSecond();
  }

  @Override
  public synchronized Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    INDArray logits = activated(preOutput, activation);
    INDArray gradient = Nd4j.createUninitialized(logits.dataType(), logits.shape(), 'c');
    double value = loss().valueAndGradient(logits, labels, mask, 0, 1, gradient);
    return new Pair<>(value, activation.backprop(preOutput.dup(), gradient).getFirst());
  }

  @Override
  public String name() {
    return "RankingLossFunction";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankingLossFunction that && objective.equals(that.objective);
  }

  @Override
  public int hashCode() {
    return objective.hashCode();
  }

  @Override
  public String toString() {
    return "RankingLossFunction(%s)".formatted(objective);
  }

  private BatchLoss loss() {
    if (loss == null) {
      loss = new BatchLoss(objective);
    }
    return loss;
  }

  private static INDArray activated(INDArray preOutput, IActivation activation) {
    return activation.getActivation(preOutput.dup(), false);
  }
}
