package io.rankline.model.optimizer;

import java.util.Map;
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
 * @param epsilon Keras's; the paper's is this over {@code sqrt(1 - beta_2^t)}
 * @param amsgrad whether the largest second moment so far is used
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, ICLR 2015</a>
 * @see <a href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi et al., On the Convergence of Adam
 *     and Beyond, ICLR 2018</a>
 */
public record AdamRule(double beta1, double beta2, double epsilon, boolean amsgrad)
    implements UpdateRule {

  /** Beta_1 0.9, beta_2 0.999, epsilon 1e-7. */
  public static final AdamRule DEFAULT = new AdamRule(0.9, 0.999, 1e-7, false);

  public AdamRule {
    UpdateRule.requireFraction("beta_1", beta1);
    UpdateRule.requireFraction("beta_2", beta2);
    UpdateRule.requireNotNegative("epsilon", epsilon);
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
  public Map<String, Object> options() {
    return Map.of("beta_1", beta1, "beta_2", beta2, "epsilon", epsilon, "amsgrad", amsgrad);
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
