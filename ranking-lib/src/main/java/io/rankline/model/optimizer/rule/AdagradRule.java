package io.rankline.model.optimizer.rule;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * AdaGrad: gradients over the root of the sum of all squares so far.
 *
 * <pre>
 *   a = a + g^2;  w -= lr g / sqrt(a + epsilon)
 * </pre>
 *
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi et al., Adaptive Subgradient
 *     Methods, JMLR 2011</a>
 */
public record AdagradRule(
    @Option(fallback = "0.1", least = 0, meaning = "what sums of squares start with")
        double initialAccumulatorValue,
    @Option(fallback = "1e-7", least = 0, meaning = "stands inside the root") double epsilon)
    implements UpdateRule {

  /** Accumulators start at 0.1; epsilon 1e-7. */
  public static final AdagradRule DEFAULT = RecordCodec.of(AdagradRule.class).defaults();

  public AdagradRule {
    Faults.in(AdagradRule.class, initialAccumulatorValue, epsilon).orThrow();
  }

  @Override
  public OptimizerKey key() {
    return OptimizerKey.ADAGRAD;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public double initialState() {
    return initialAccumulatorValue;
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray squares = state[0];
    squares.addi(gradient.mul(gradient));
    gradient.divi(Transforms.sqrt(squares.add(epsilon), false)).muli(learningRate);
  }
}
