package io.rankline.model.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Lion: steps of one size, in the direction of an average of gradients.
 *
 * <pre>
 *   w -= lr sign(beta_1 m + (1 - beta_1) g);  m = beta_2 m + (1 - beta_2) g
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al., Symbolic Discovery of Optimization
 *     Algorithms, NeurIPS 2023</a>
 */
public record LionRule(double beta1, double beta2) implements UpdateRule {

  /** Beta_1 0.9, beta_2 0.99. */
  public static final LionRule DEFAULT = new LionRule(0.9, 0.99);

  public LionRule {
    UpdateRule.requireFraction("beta_1", beta1);
    UpdateRule.requireFraction("beta_2", beta2);
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.LION;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("beta_1", beta1, "beta_2", beta2);
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray mean = state[0];
    INDArray direction = mean.mul(beta1).addi(gradient.mul(1 - beta1));
    mean.muli(beta2).addi(gradient.mul(1 - beta2));
    gradient.assign(Transforms.sign(direction, false)).muli(learningRate);
  }
}
