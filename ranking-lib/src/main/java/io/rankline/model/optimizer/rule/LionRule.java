package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
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
public record LionRule(
    @Option(
            fallback = "0.9",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "weight of past gradients in the direction of a step")
        double beta1,
    @Option(
            fallback = "0.99",
            least = 0,
            below = 1,
            words = UpdateRule.FRACTION,
            meaning = "discount of past gradients")
        double beta2)
    implements UpdateRule {

  /** Beta_1 0.9, beta_2 0.99. */
  public static final LionRule DEFAULT = RecordCodec.of(LionRule.class).defaults();

  public LionRule {
    Faults.in(LionRule.class, beta1, beta2).orThrow();
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
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray mean = state[0];
    INDArray direction = mean.mul(beta1).addi(gradient.mul(1 - beta1));
    mean.muli(beta2).addi(gradient.mul(1 - beta2));
    gradient.assign(Transforms.sign(direction, false)).muli(learningRate);
  }
}
