package io.rankline.model.optimizer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras's weight decay, {@code w -= lr * coefficient * w} beside the step of the optimizer. It is
 * no part of the loss, as DL4J's own would be.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled Weight Decay
 *     Regularization, ICLR 2019</a>
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NONE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE,
    setterVisibility = JsonAutoDetect.Visibility.NONE)
final class DecoupledDecay extends L2Regularization {

  private final double coefficient;

  DecoupledDecay(double coefficient) {
    super(coefficient);
    this.coefficient = coefficient;
  }

  @JsonCreator
  static DecoupledDecay ofJson(@JsonProperty("coefficient") double coefficient) {
    return new DecoupledDecay(coefficient);
  }

  @JsonProperty("coefficient")
  double coefficient() {
    return coefficient;
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.POST_UPDATER;
  }

  @Override
  public void apply(
      INDArray parameters, INDArray update, double learningRate, int iteration, int epoch) {
    update.addi(parameters.mul(learningRate * coefficient));
  }

  @Override
  public double score(INDArray parameters, int iteration, int epoch) {
    return 0;
  }

  @Override
  @SuppressWarnings({"CloneDeclaresCloneNotSupported", "SuperCloneMissing"}) // nothing is shared
  public DecoupledDecay clone() {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DecoupledDecay that
        && Double.compare(coefficient, that.coefficient) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(coefficient);
  }

  @Override
  public String toString() {
    return "DecoupledDecay(%s)".formatted(coefficient);
  }
}
