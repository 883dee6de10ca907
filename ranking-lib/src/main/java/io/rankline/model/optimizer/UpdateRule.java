package io.rankline.model.optimizer;

import java.io.Serializable;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The formula of an optimizer; the record that implements it is its options. */
public sealed interface UpdateRule extends Serializable
    permits AdadeltaRule,
        AdagradRule,
        AdamRule,
        AdamaxRule,
        LionRule,
        NadamRule,
        RmspropRule,
        SgdRule {

  /** Keras's name. */
  OptimizerKey key();

  /** Number of state arrays, each as long as the parameters. */
  int slots();

  /** What all state starts with. */
  default double initialState() {
    return 0;
  }

  /** Options by their names in configuration. */
  Map<String, Object> options();

  /**
   * Turns a gradient into what is subtracted from the parameters.
   *
   * @param gradient overwritten; shape [n]
   * @param state {@link #slots} arrays of shape [n], updated
   * @param learningRate lr
   * @param step t, from 1
   */
  void apply(INDArray gradient, INDArray[] state, double learningRate, int step);

  /** Rejects what is not in [0, 1). */
  static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("%s must lie in [0, 1), got %s".formatted(name, value));
    }
  }

  /** Rejects what is below 0 or not finite. */
  static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s must be 0 or more and finite, got %s".formatted(name, value));
    }
  }
}
