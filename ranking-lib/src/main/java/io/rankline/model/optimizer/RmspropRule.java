package io.rankline.model.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * RMSprop: gradients over the root of their mean square.
 *
 * <pre>
 *   v = rho v + (1 - rho) g^2
 *   a = rho a + (1 - rho) g                        if centered, else a = 0
 *   d = lr g / sqrt(v - a^2 + epsilon)
 *   w -= d                                         without momentum
 *   m = momentum m + d;  w -= m                    with momentum
 * </pre>
 *
 * @param rho discount of past gradients
 * @param momentum from 0 to below 1
 * @param epsilon inside the root
 * @param centered whether the variance takes the place of the mean square
 */
public record RmspropRule(double rho, double momentum, double epsilon, boolean centered)
    implements UpdateRule {

  /** Rho 0.9, no momentum, epsilon 1e-7, not centered. */
  public static final RmspropRule DEFAULT = new RmspropRule(0.9, 0, 1e-7, false);

  public RmspropRule {
    UpdateRule.requireFraction("rho", rho);
    UpdateRule.requireFraction("momentum", momentum);
    UpdateRule.requireNotNegative("epsilon", epsilon);
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.RMSPROP;
  }

  @Override
  public int slots() {
    return 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("rho", rho, "momentum", momentum, "epsilon", epsilon, "centered", centered);
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray square = state[0];
    square.muli(rho).addi(gradient.mul(gradient).muli(1 - rho));
    INDArray root = square.add(epsilon);
    if (centered) {
      INDArray average = state[1];
      average.muli(rho).addi(gradient.mul(1 - rho));
      root.subi(average.mul(average));
    }
    gradient.divi(Transforms.sqrt(root, false)).muli(learningRate);
    if (momentum > 0) {
      INDArray descent = state[slots() - 1];
      descent.muli(momentum).addi(gradient);
      gradient.assign(descent);
    }
  }
}
