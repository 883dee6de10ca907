package io.rankline.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.model.optimizer.rate.ConstantRate;
import io.rankline.model.optimizer.rate.ExponentialDecay;
import io.rankline.model.optimizer.rate.InverseTimeDecay;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.optimizer.rule.AdadeltaRule;
import io.rankline.model.optimizer.rule.AdagradRule;
import io.rankline.model.optimizer.rule.AdamRule;
import io.rankline.model.optimizer.rule.AdamaxRule;
import io.rankline.model.optimizer.rule.LionRule;
import io.rankline.model.optimizer.rule.NadamRule;
import io.rankline.model.optimizer.rule.OptimizerKey;
import io.rankline.model.optimizer.rule.RmspropRule;
import io.rankline.model.optimizer.rule.SgdRule;
import io.rankline.model.optimizer.rule.UpdateRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

class UpdateRuleTest {

  private static final int PARAMETERS = 7;
  private static final int STEPS = 10;

  /** Some roundings of double a step, relative to parameters around 1. */
  private static final double SAME_FORMULA = 1e-12;

  /** ND4J computes 1 - beta_2^t in float, which leaves 1e-3 with an error of 6e-8. */
  private static final double FLOAT_BIAS_CORRECTION = 1e-4;

  /** Roundings of ten steps of up to 0.01. */
  private static final double ADAM_IN_FLOATS = 1e-7;

  static Stream<UpdateRule> rules() {
    return Stream.of(
        SgdRule.DEFAULT,
        new SgdRule(0.9, false),
        new SgdRule(0.9, true),
        RmspropRule.DEFAULT,
        new RmspropRule(0.8, 0.7, 1e-3, false),
        new RmspropRule(0.8, 0, 1e-3, true),
        new RmspropRule(0.8, 0.7, 1e-3, true),
        AdamRule.DEFAULT,
        new AdamRule(0.8, 0.9, 1e-2, false),
        new AdamRule(0.8, 0.9, 1e-2, true),
        AdadeltaRule.DEFAULT,
        new AdadeltaRule(0.7, 1e-2),
        AdagradRule.DEFAULT,
        new AdagradRule(0, 1e-2),
        AdamaxRule.DEFAULT,
        new AdamaxRule(0.7, 0.8, 1e-2),
        NadamRule.DEFAULT,
        new NadamRule(0.7, 0.8, 1e-2),
        LionRule.DEFAULT,
        new LionRule(0.7, 0.8));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void tenStepsAreThoseOfThePublishedFormula(UpdateRule rule) {
    PublishedRule[] oracles =
        IntStream.range(0, PARAMETERS)
            .mapToObj(i -> PublishedRule.of(rule))
            .toArray(PublishedRule[]::new);
    LearningRate rate = new InverseTimeDecay(0.3, 4, 1, false);
    GradientUpdater<?> updater = updater(rule, rate, DataType.DOUBLE);
    Random random = new Random(11);
    double[] expected = new double[PARAMETERS];
    INDArray parameters = Nd4j.zeros(DataType.DOUBLE, PARAMETERS);

    for (int t = 1; t <= STEPS; t++) {
      double[] gradient = gradient(random);
      for (int i = 0; i < PARAMETERS; i++) {
        expected[i] += oracles[i].change(gradient[i], 0.3 / (1 + (t - 1) / 4.0), t);
      }
      INDArray update = Nd4j.createFromArray(gradient);
      updater.applyUpdater(update, t - 1, 0);
      parameters.subi(update);

      assertThat(parameters.toDoubleVector()).containsExactly(expected, within(SAME_FORMULA));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void floatsFollowDoubles(UpdateRule rule) {
    GradientUpdater<?> doubles = updater(rule, new ConstantRate(0.1), DataType.DOUBLE);
    GradientUpdater<?> floats = updater(rule, new ConstantRate(0.1), DataType.FLOAT);
    Random random = new Random(12);

    for (int t = 1; t <= STEPS; t++) {
      INDArray exact = Nd4j.createFromArray(gradient(random));
      INDArray rounded = exact.castTo(DataType.FLOAT);
      doubles.applyUpdater(exact, t - 1, 0);
      floats.applyUpdater(rounded, t - 1, 0);

      assertThat(rounded.castTo(DataType.DOUBLE).toDoubleVector())
          .containsExactly(exact.toDoubleVector(), within(FLOAT_BIAS_CORRECTION));
    }
  }

  @ParameterizedTest(name = "amsgrad {0}")
  @ValueSource(booleans = {false, true})
  void adamOfManyFloatsIsThatOfDoubles(boolean amsgrad) {
    UpdateRule rule = new AdamRule(0.9, 0.999, 1e-7, amsgrad);
    int parameters = 50_001; // threads share them
    INDArray[] exact = new INDArray[rule.slots()];
    INDArray[] rounded = new INDArray[rule.slots()];
    for (int k = 0; k < exact.length; k++) {
      exact[k] = Nd4j.zeros(DataType.DOUBLE, parameters);
      rounded[k] = Nd4j.zeros(DataType.FLOAT, parameters);
    }
    Nd4j.getRandom().setSeed(13);
    for (int t = 1; t <= STEPS; t++) {
      INDArray expected = Nd4j.randn(DataType.DOUBLE, parameters);
      INDArray gradient = expected.castTo(DataType.FLOAT);
      rule.apply(expected, exact, 0.01, t);
      rule.apply(gradient, rounded, 0.01, t);

      assertThat(gradient.castTo(DataType.DOUBLE).sub(expected).amaxNumber().doubleValue())
          .isLessThan(ADAM_IN_FLOATS);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void trainingGoesOnFromAModelFileWithTheSameBits(UpdateRule rule) throws IOException {
    Optimizer optimizer =
        Optimizer.of(rule).withLearningRate(new ExponentialDecay(0.002, 3, 0.5, false));
    ComputationGraph graph = SmallNetwork.of(optimizer, Regularizer.NONE);
    SmallNetwork.train(graph, 4);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, file, true);

    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file.toByteArray()), true);
    SmallNetwork.train(graph, 4);
    SmallNetwork.train(restored, 4);

    assertThat(restored.getConfiguration()).isEqualTo(graph.getConfiguration());
    assertThat(restored.params().toFloatVector()).isEqualTo(graph.params().toFloatVector());
  }

  @ParameterizedTest
  @EnumSource(OptimizerKey.class)
  void everyOptimizerLowersTheLoss(OptimizerKey key) {
    ComputationGraph graph =
        SmallNetwork.of(Optimizer.of(key).withLearningRate(0.01), Regularizer.NONE);
    double before = SmallNetwork.score(graph);

    SmallNetwork.train(graph, 20);

    assertThat(SmallNetwork.score(graph)).isLessThan(before);
  }

  @Test
  void nadamsWarmUpEndsWithoutEffectOnLateSteps() {
    GradientUpdater<?> updater = updater(NadamRule.DEFAULT, new ConstantRate(0.1), DataType.DOUBLE);
    INDArray gradient = Nd4j.ones(DataType.DOUBLE, PARAMETERS);

    updater.applyUpdater(gradient, 1_000_000_000, 0);

    // m = 0.1, v = 0.001, all corrections 1: (0.9 * 0.1 + 0.1 * 1) / sqrt(0.001) * 0.1
    assertThat(gradient.getDouble(0))
        .isCloseTo(0.19 / (Math.sqrt(0.001) + 1e-7) * 0.1, within(SAME_FORMULA));
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new AdamRule(1, 0.999, 1e-7, false))
        .hasMessage("beta_1 must lie in [0, 1), got 1.0");
    assertThatThrownBy(() -> new SgdRule(-0.1, false))
        .hasMessage("momentum must lie in [0, 1), got -0.1");
    assertThatThrownBy(() -> new AdagradRule(Double.NaN, 1e-7))
        .hasMessage("initial_accumulator_value must be 0 or more and finite, got NaN");
  }

  private static GradientUpdater<?> updater(UpdateRule rule, LearningRate rate, DataType type) {
    IUpdater updater = Optimizer.of(rule).withLearningRate(rate).updater();
    long size = updater.stateSize(PARAMETERS);
    INDArray none = null;
    return size == 0
        ? updater.instantiate(none, true)
        : updater.instantiate(Nd4j.createUninitialized(type, size), true);
  }

  /** Entries of all sizes, and one that is always 0. */
  private static double[] gradient(Random random) {
    double[] gradient = new double[PARAMETERS];
    for (int i = 1; i < PARAMETERS; i++) {
      gradient[i] = random.nextGaussian() * Math.pow(10, 2 - i);
    }
    return gradient;
  }
}
