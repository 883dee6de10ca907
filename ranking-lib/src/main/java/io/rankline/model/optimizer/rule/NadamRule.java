package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Nadam: Adam with Nesterov's momentum, warmed up.
 *
 * <pre>
 *   u_t = beta_1 (1 - 0.96^t / 2);  p_t = u_1 u_2 ... u_t
 *   m = beta_1 m + (1 - beta_1) g;  v = beta_2 v + (1 - beta_2) g^2
 *   n = u_(t+1) m / (1 - p_(t+1)) + (1 - u_t) g / (1 - p_t)
 *   w -= lr n / (sqrt(v / (1 - beta_2^t)) + epsilon)
 * </pre>
 *
 * @see <a href="https://cs229.stanford.edu/proj2015/054_report.pdf">Dozat, Incorporating Nesterov
 *     Momentum into Adam, 2015</a>
 */
public record NadamRule(
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
    @Option(fallback = "1e-7", least = 0, meaning = "keeps divisions finite") double epsilon)
    implements UpdateRule {

  /** Beta_1 0.9, beta_2 0.999, epsilon 1e-7. */
  public static final NadamRule DEFAULT = RecordCodec.of(NadamRule.class).defaults();

  /** How fast the warm-up of the momentum ends; Keras has no option for it. */
  private static final double WARM_UP = 0.96;

  /** A product of this many momenta below 1 is 0 next to 1 in double. */
  private static final int LAST_FACTOR = 10_000;

  public NadamRule {
    Faults.in(NadamRule.class, beta1, beta2, epsilon).orThrow();
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.NADAM;
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray mean = state[0];
    INDArray square = state[1];
    mean.muli(beta1).addi(gradient.mul(1 - beta1));
    square.muli(beta2).addi(gradient.mul(gradient).muli(1 - beta2));
    double product = momentumProduct(step);
    double next = product * momentum(step + 1);
    gradient
        .muli((1 - momentum(step)) / (1 - product))
        .addi(mean.mul(momentum(step + 1) / (1 - next)));
    INDArray root = Transforms.sqrt(square.div(1 - Math.pow(beta2, step)), false);
    gradient.divi(root.addi(epsilon)).muli(learningRate);
  }

  private double momentum(int step) {
    return beta1 * (1 - 0.5 * Math.pow(WARM_UP, step));
  }

  private double momentumProduct(int step) {
    double product = 1;
    for (int t = 1; t <= Math.min(step, LAST_FACTOR) && product > Double.MIN_NORMAL; t++) {
      product *= momentum(t);
    }
    return product;
  }
}
