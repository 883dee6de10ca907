package io.rankline.model.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * AdaGrad: gradients over the root of the sum of all squares so far.
 *
 * <pre>
 *   a = a + g^2;  w -= lr g / sqrt(a + epsilon)
 * </pre>
 *
 * @param initialAccumulatorValue what a starts with
 * @param epsilon inside the root
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi et al., Adaptive Subgradient
 *     Methods, JMLR 2011</a>
 */
public record AdagradRule(double initialAccumulatorValue, double epsilon) implements UpdateRule {

  /** Accumulators start at 0.1; epsilon 1e-7. */
  public static final AdagradRule DEFAULT = new AdagradRule(0.1, 1e-7);

  public AdagradRule {
    UpdateRule.requireNotNegative("initial_accumulator_value", initialAccumulatorValue);
    UpdateRule.requireNotNegative("epsilon", epsilon);
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
  public Map<String, Object> options() {
    return Map.of("initial_accumulator_value", initialAccumulatorValue, "epsilon", epsilon);
  }

  @Override
  public void apply(INDArray gradient, INDArray[] state, double learningRate, int step) {
    INDArray squares = state[0];
    squares.addi(gradient.mul(gradient));
    gradient.divi(Transforms.sqrt(squares.add(epsilon), false)).muli(learningRate);
  }
}
