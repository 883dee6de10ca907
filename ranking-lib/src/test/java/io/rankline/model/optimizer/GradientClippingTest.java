package io.rankline.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradient descent with rate 1 makes each step show the gradient that the updater saw. */
class GradientClippingTest {

  private static final List<String> TRAINED =
      List.of("dense_W", "dense_b", "norm_gamma", "norm_beta", "out_W", "out_b");
  private static final List<String> STATISTICS = List.of("norm_mean", "norm_log10stdev");

  /** Some roundings of float, relative to norms around 1. */
  private static final double FLOAT_SUM = 1e-5;

  @Test
  void normOfEachVariableIsLimited() {
    Steps plain = steps(GradientClipping.NONE);
    double[] norms = TRAINED.stream().mapToDouble(name -> norm(plain.get(name))).sorted().toArray();
    double limit = (norms[2] + norms[3]) / 2;

    Steps clipped = steps(GradientClipping.byNorm(limit));

    assertThat(limit).isBetween(norms[0] + FLOAT_SUM, norms[5] - FLOAT_SUM);
    for (String name : TRAINED) {
      double norm = norm(plain.get(name));
      assertThat(norm(clipped.get(name)) / Math.min(norm, limit))
          .as(name)
          .isCloseTo(1, within(FLOAT_SUM));
      assertThat(direction(clipped.get(name), plain.get(name))).isCloseTo(1, within(FLOAT_SUM));
    }
  }

  @Test
  void normOfAllVariablesTogetherIsLimited() {
    Steps plain = steps(GradientClipping.NONE);
    Steps clipped = steps(GradientClipping.byGlobalNorm(0.5));

    double squares = TRAINED.stream().mapToDouble(name -> Math.pow(norm(plain.get(name)), 2)).sum();
    double factor = 0.5 / Math.sqrt(squares);
    assertThat(factor).isLessThan(1);
    for (String name : TRAINED) {
      assertThat(norm(clipped.get(name)))
          .as(name)
          .isCloseTo(factor * norm(plain.get(name)), within(FLOAT_SUM));
    }
  }

  @Test
  void aGlobalNormBelowTheLimitChangesNothing() {
    Steps plain = steps(GradientClipping.NONE);
    Steps clipped = steps(GradientClipping.byGlobalNorm(1000));

    TRAINED.forEach(name -> assertThat(clipped.get(name)).isEqualTo(plain.get(name)));
  }

  @Test
  void eachEntryIsLimited() {
    Steps plain = steps(GradientClipping.NONE);
    Steps clipped = steps(GradientClipping.byValue(0.2));

    for (String name : TRAINED) {
      double[] expected = plain.get(name).dup().data().asDouble();
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Math.max(-0.2, Math.min(0.2, expected[i]));
      }
      assertThat(clipped.get(name).dup().data().asDouble())
          .containsExactly(expected, within(FLOAT_SUM));
    }
    assertThat(plain.get("out_W").amaxNumber().doubleValue()).isGreaterThan(0.2);
  }

  @Test
  void runningStatisticsOfBatchNormalisationAreLeftAlone() {
    Steps plain = steps(GradientClipping.NONE);

    for (GradientClipping clipping :
        List.of(
            GradientClipping.byNorm(1e-3),
            GradientClipping.byGlobalNorm(1e-3),
            GradientClipping.byValue(1e-3))) {
      Steps clipped = steps(clipping);
      for (String name : STATISTICS) {
        assertThat(clipped.get(name)).as(name).isEqualTo(plain.get(name));
        assertThat(norm(clipped.get(name))).isGreaterThan(1e-2);
      }
    }
  }

  @Test
  void severalLimitsAreRefused() {
    assertThatThrownBy(() -> new GradientClipping(1.0, null, 2.0))
        .hasMessage(
            "at most one of clipnorm, global_clipnorm and clipvalue can be set, got 1.0, null and"
                + " 2.0");
  }

  @Test
  void aLimitMustBeAboveZero() {
    assertThatThrownBy(() -> GradientClipping.byValue(0))
        .hasMessage("clipvalue must be above 0 and finite, got 0.0");
  }

  /** What one step subtracts from each parameter. */
  private static Steps steps(GradientClipping clipping) {
    ComputationGraph graph =
        SmallNetwork.of(Optimizer.of("sgd").withLearningRate(1), Regularizer.NONE);
    if (!clipping.isNone()) {
      graph.setListeners(clipping.listener());
    }
    Steps steps = new Steps(new HashMap<>());
    graph.paramTable().forEach((name, value) -> steps.byName().put(name, value.dup()));
    SmallNetwork.train(graph, 1);
    graph.paramTable().forEach((name, value) -> steps.get(name).subi(value));
    return steps;
  }

  private record Steps(Map<String, INDArray> byName) {
    INDArray get(String name) {
      return Objects.requireNonNull(byName.get(name), name);
    }
  }

  private static double norm(INDArray array) {
    return array.norm2Number().doubleValue();
  }

  private static double direction(INDArray one, INDArray other) {
    return one.mul(other).sumNumber().doubleValue() / (norm(one) * norm(other));
  }
}
