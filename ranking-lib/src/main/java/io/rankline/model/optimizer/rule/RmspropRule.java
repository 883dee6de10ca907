package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
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
 */
public record RmspropRule(
    @Option(
            fallback = "0.9",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "discount of past gradients")
        double rho,
    @Option(
            fallback = "0",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "part of the last step that is taken again")
        double momentum,
    @Option(fallback = "1e-7", least = 0, meaning = "stands inside the root") double epsilon,
    @Option(fallback = "false", meaning = "whether the variance takes the place of the mean square")
        boolean centered)
    implements UpdateRule {

  /** Rho 0.9, no momentum, epsilon 1e-7, not centered. */
  public static final RmspropRule DEFAULT = RecordCodec.of(RmspropRule.class).defaults();

  public RmspropRule {
    Faults.in(RmspropRule.class, rho, momentum, epsilon, centered).orThrow();
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
