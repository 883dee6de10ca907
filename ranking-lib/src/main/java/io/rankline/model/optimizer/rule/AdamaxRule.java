package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Adamax: Adam with the largest gradient so far in place of the mean square.
 *
 * <pre>
 *   m = beta_1 m + (1 - beta_1) g;  u = max(beta_2 u, |g|)
 *   w -= lr / (1 - beta_1^t) m / (u + epsilon)
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, ICLR 2015, section 7</a>
 */
public record AdamaxRule(
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
            meaning = "discount of the largest gradient so far")
        double beta2,
    @Option(fallback = "1e-7", least = 0, meaning = "keeps divisions finite") double epsilon)
    implements UpdateRule {

  /** Beta_1 0.9, beta_2 0.999, epsilon 1e-7. */
  public static final AdamaxRule DEFAULT = RecordCodec.of(AdamaxRule.class).defaults();

  public AdamaxRule {
    Faults.in(AdamaxRule.class, beta1, beta2, epsilon).orThrow();
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.ADAMAX;
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray mean = state[0];
    INDArray largest = state[1];
    mean.muli(beta1).addi(gradient.mul(1 - beta1));
    largest.assign(Transforms.max(largest.mul(beta2), Transforms.abs(gradient, false), false));
    gradient
        .assign(mean)
        .divi(largest.add(epsilon))
        .muli(learningRate / (1 - Math.pow(beta1, step)));
  }
}
