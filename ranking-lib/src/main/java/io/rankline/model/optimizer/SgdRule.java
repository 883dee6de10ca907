package io.rankline.model.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient descent, with momentum if asked for.
 *
 * <pre>
 *   w -= lr g                                       without momentum
 *   v = momentum v - lr g;  w += v                  with momentum
 *   v = momentum v - lr g;  w += momentum v - lr g  with Nesterov's correction
 * </pre>
 *
 * @param momentum from 0 to below 1
 * @param nesterov whether the gradient is taken as if one momentum step ahead
 */
public record SgdRule(double momentum, boolean nesterov) implements UpdateRule {

  /** No momentum. */
  public static final SgdRule DEFAULT = new SgdRule(0, false);

  public SgdRule {
    UpdateRule.requireFraction("momentum", momentum);
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.SGD;
  }

  @Override
  public int slots() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("momentum", momentum, "nesterov", nesterov);
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    gradient.muli(learningRate);
    if (momentum == 0) {
      return;
    }
    INDArray descent = state[0];
    descent.muli(momentum).addi(gradient);
    if (nesterov) {
      gradient.addi(descent.mul(momentum));
    } else {
      gradient.assign(descent);
    }
  }
}
