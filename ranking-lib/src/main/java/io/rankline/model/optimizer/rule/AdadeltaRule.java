package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Adadelta: steps as large as past steps were, over the size of past gradients.
 *
 * <pre>
 *   a = rho a + (1 - rho) g^2
 *   d = g sqrt(b + epsilon) / sqrt(a + epsilon)
 *   b = rho b + (1 - rho) d^2
 *   w -= lr d
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1212.5701">Zeiler, ADADELTA, 2012</a>
 */
public record AdadeltaRule(
    @Option(
            fallback = "0.95",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "discount of the past")
        double rho,
    @Option(fallback = "1e-7", least = 0, meaning = "stands inside both roots") double epsilon)
    implements UpdateRule {

  /** Rho 0.95, epsilon 1e-7. */
  public static final AdadeltaRule DEFAULT = RecordCodec.of(AdadeltaRule.class).defaults();

  public AdadeltaRule {
    Faults.in(AdadeltaRule.class, rho, epsilon).orThrow();
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.ADADELTA;
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray gradients = state[0];
    INDArray steps = state[1];
    gradients.muli(rho).addi(gradient.mul(gradient).muli(1 - rho));
    gradient
        .muli(Transforms.sqrt(steps.add(epsilon), false))
        .divi(Transforms.sqrt(gradients.add(epsilon), false));
    steps.muli(rho).addi(gradient.mul(gradient).muli(1 - rho));
    gradient.muli(learningRate);
  }
}
