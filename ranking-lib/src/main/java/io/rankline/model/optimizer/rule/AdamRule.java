package io.rankline.model.optimizer.rule;

import io.rankline.model.kernel.FlatPass;
import io.rankline.model.kernel.FloatLoops;
import io.rankline.model.kernel.NativeFloats;
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
 * <p>One pass over memory does it all.
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
    INDArray[] arrays =
        amsgrad
            ? new INDArray[] {gradient, state[0], state[1], state[2]}
            : new INDArray[] {gradient, state[0], state[1]};
    if (NativeFloats.has(arrays)) {
      onHeap(arrays, rate(learningRate, step));
    } else {
      byNd4j(gradient, state, learningRate, step);
    }
  }

  /** What m over the root is multiplied by. */
  private double rate(double learningRate, int step) {
    return learningRate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
  }

  private void onHeap(INDArray[] arrays, double rate) {
    float keep1 = (float) beta1;
    float keep2 = (float) beta2;
    FlatPass.run(
        arrays,
        (chunk, count) -> {
          float[] gradient = chunk[0];
          float[] mean = chunk[1];
          float[] square = chunk[2];
          FloatLoops.average(mean, gradient, keep1, 1 - keep1, count);
          FloatLoops.averageOfSquares(square, gradient, keep2, 1 - keep2, count);
          if (amsgrad) {
            FloatLoops.larger(chunk[3], square, count);
          }
          FloatLoops.overRoot(
              gradient, mean, amsgrad ? chunk[3] : square, (float) rate, (float) epsilon, count);
        });
  }

  private void byNd4j(INDArray gradient, INDArray[] state, double learningRate, int step) {
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
