package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.api.ops.impl.updaters.AmsGradUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam: averages of gradients over the root of averages of their squares.
 *
 * <pre>
 *   m = beta_1 m + (1 - beta_1) g;  v = beta_2 v + (1 - beta_2) g^2
 *   h = max(h, v) for AMSGrad, else v
 *   w -= lr sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(h) + epsilon)
 * </pre>
 *
 * <p>One operation of ND4J does it all.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, ICLR 2015</a>
 * @see <a href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi et al., On the Convergence of Adam
 *     and Beyond, ICLR 2018</a>
 */
public record AdamRule(
    @Option(
            fallback = "0.9",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "discount of past gradients")
        double beta1,
    @Option(
            fallback = "0.999",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "discount of past squares of gradients")
        double beta2,
    @Option(
            fallback = "1e-7",
            least = 0,
            meaning =
                "is added to the root; Keras's, which is the paper's times sqrt(1 - beta_2^t)")
        double epsilon,
    @Option(fallback = "false", meaning = "whether the largest second moment so far is used")
        boolean amsgrad)
    implements UpdateRule {

  /** Beta_1 0.9, beta_2 0.999, epsilon 1e-7. */
  public static final AdamRule DEFAULT = RecordCodec.of(AdamRule.class).defaults();

  public AdamRule {
    Faults.in(AdamRule.class, beta1, beta2, epsilon, amsgrad).orThrow();
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.ADAM;
  }

  @Override
  public int slots() {
    return amsgrad ? 3 : 2;
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    if (amsgrad) {
      Nd4j.exec(
          new AmsGradUpdater(
              gradient,
              state[1],
              state[0],
              state[2],
              learningRate,
              beta1,
              beta2,
              epsilon,
              step - 1));
    } else {
      Nd4j.exec(
          new AdamUpdater(
              gradient, state[1], state[0], learningRate, beta1, beta2, epsilon, step - 1));
    }
  }
}
