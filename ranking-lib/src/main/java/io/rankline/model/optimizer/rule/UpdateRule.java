package io.rankline.model.optimizer.rule;

import java.io.Serializable;
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

  /** The rule of momenta and discounts. */
  String FRACTION = "must lie in [0, 1)";

  /** Keras's name. */
  OptimizerKey key();

  /** Number of state arrays, each as long as the parameters. */
  int slots();

  /** What all state starts with. */
  default double initialState() {
    return 0;
  }

  /**
   * Turns a gradient into what is subtracted from the parameters.
   *
   * @param gradient overwritten; shape [n]
   * @param state {@link #slots} arrays of shape [n], updated
   * @param learningRate lr
   * @param step t, from 1
   */
  void apply(INDArray gradient, INDArray[] state, double learningRate, int step);
}
