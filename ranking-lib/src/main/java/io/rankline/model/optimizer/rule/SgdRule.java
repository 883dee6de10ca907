package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient descent, with momentum if asked for.
 *
 * <pre>
 *   w -= lr g                                       without momentum
 *   v = momentum v - lr g;  w += v                  with momentum
 *   v = momentum v - lr g;  w += momentum v - lr g  with Nesterov's correction
 * </pre>
 */
public record SgdRule(
    @Option(
            fallback = "0",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "part of the last step that is taken again")
        double momentum,
    @Option(
            fallback = "false",
            meaning = "whether the gradient is taken as if one momentum step ahead")
        boolean nesterov)
    implements UpdateRule {

  /** No momentum. */
  public static final SgdRule DEFAULT = RecordCodec.of(SgdRule.class).defaults();

  public SgdRule {
    Faults.in(SgdRule.class, momentum, nesterov).orThrow();
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
