package io.rankline.model.optimizer;

import com.typesafe.config.ConfigValue;
import io.rankline.model.optimizer.rate.ConstantRate;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.optimizer.rule.OptimizerKey;
import io.rankline.model.optimizer.rule.UpdateRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * How parameters follow gradients: one of Keras's optimizers with its options.
 *
 * <pre>{@code
 * Optimizer.of("adam").withLearningRate(1e-4)
 * Optimizer.parse("{name = sgd, learning_rate = 0.1, momentum = 0.9, clipnorm = 5}")
 * }</pre>
 *
 * @param rule the formula
 * @param learningRate constant or by schedule
 * @param weightDecay {@code w -= lr * weightDecay * w} in every step, on weights and biases; 0 for
 *     none
 * @param clipping limits on gradients
 * @param averages what is averaged over steps
 */
public record Optimizer(
    UpdateRule rule,
    LearningRate learningRate,
    double weightDecay,
    GradientClipping clipping,
    StepAverages averages)
    implements Serializable {

  /**
   * Checks what goes together.
   *
   * @throws IllegalArgumentException for a negative weight decay; for averages with weight decay,
   *     which is no part of what an updater sees; for limits that would hold for the gradients of
   *     single steps in place of their mean
   */
  public Optimizer {
    LearningRate.requireNotNegative("weight_decay", weightDecay);
    if (!averages.isNone() && weightDecay > 0) {
      throw new IllegalArgumentException(
          "weight_decay must be 0 with use_ema, swa_start and gradient_accumulation_steps, got %s;"
                  .formatted(weightDecay)
              + " l2 of the pipeline is a penalty that goes with them");
    }
    if (averages.accumulates() && !clipping.isNone()) {
      throw new IllegalArgumentException(
          "gradient_accumulation_steps = %s goes without limits on gradients, which would cut each"
                  .formatted(averages.gradientAccumulationSteps())
              + " step's gradient and not their mean");
    }
  }

  /** An optimizer that averages nothing over steps. */
  public Optimizer(
      UpdateRule rule, LearningRate learningRate, double weightDecay, GradientClipping clipping) {
    this(rule, learningRate, weightDecay, clipping, StepAverages.NONE);
  }

  /**
   * An optimizer by Keras's name, in any case, with Keras's defaults.
   *
   * @throws IllegalArgumentException naming the known ones, nearest first
   */
  public static Optimizer of(String name) {
    return of(OptimizerKey.ofWireName(name));
  }

  /** An optimizer with Keras's defaults. */
  public static Optimizer of(OptimizerKey key) {
    return new Optimizer(
        key.rule(), new ConstantRate(key.learningRate()), key.weightDecay(), GradientClipping.NONE);
  }

  /** A formula of given options, otherwise with Keras's defaults. */
  public static Optimizer of(UpdateRule rule) {
    return new Optimizer(
        rule, new ConstantRate(rule.key().learningRate()), 0, GradientClipping.NONE);
  }

  /**
   * The optimizer that a text describes, a name or HOCON with Keras's options.
   *
   * <pre>
   *   adam
   *   {name = adam, learning_rate = 1e-4, beta_1 = 0.9, epsilon = 1e-7, amsgrad = false}
   *   {name = sgd, momentum = 0.9, nesterov = true, weight_decay = 1e-4, global_clipnorm = 1
   *    learning_rate = {name = cosine_decay, initial_learning_rate = 0.1, decay_steps = 1000}}
   * </pre>
   *
   * @throws IllegalArgumentException with all faults, one a line
   */
  public static Optimizer parse(String text) {
    return OptimizerText.parse(text);
  }

  /**
   * The optimizer that a value of a configuration describes.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static Optimizer of(ConfigValue value) {
    return OptimizerText.of(value);
  }

  /** One line of JSON, which {@link #parse} reads back to an equal optimizer. */
  public String render() {
    return OptimizerText.render(this);
  }

  /** This optimizer at another constant learning rate. */
  public Optimizer withLearningRate(double newLearningRate) {
    return withLearningRate(new ConstantRate(newLearningRate));
  }

  /** This optimizer at another learning rate. */
  public Optimizer withLearningRate(LearningRate newLearningRate) {
    return new Optimizer(rule, newLearningRate, weightDecay, clipping, averages);
  }

  /** This optimizer with another weight decay. */
  public Optimizer withWeightDecay(double newWeightDecay) {
    return new Optimizer(rule, learningRate, newWeightDecay, clipping, averages);
  }

  /** This optimizer with other limits on gradients. */
  public Optimizer withClipping(GradientClipping newClipping) {
    return new Optimizer(rule, learningRate, weightDecay, newClipping, averages);
  }

  /** This optimizer with other averages over steps. */
  public Optimizer withAverages(StepAverages newAverages) {
    return new Optimizer(rule, learningRate, weightDecay, clipping, newAverages);
  }

  /** What DL4J takes as updater; without weight decay and clipping, which are no part of it. */
  public IUpdater updater() {
    return KerasUpdater.of(rule, averages, learningRate);
  }

  /**
   * Makes a network train with this optimizer: sets its updater, and as regularisation the weight
   * decay and a penalty. Clipping is a listener: give {@link GradientClipping#listener} to the
   * network.
   *
   * @param penalty on weights, as part of the loss
   */
  public void configure(NeuralNetConfiguration.Builder network, Regularizer penalty) {
    List<Regularization> weights = new ArrayList<>(penalty.forDl4j());
    List<Regularization> biases = new ArrayList<>();
    if (weightDecay > 0) {
      weights.add(new DecoupledDecay(weightDecay));
      biases.add(new DecoupledDecay(weightDecay));
    }
    network.updater(updater()).regularization(weights).regularizationBias(biases);
  }
}
