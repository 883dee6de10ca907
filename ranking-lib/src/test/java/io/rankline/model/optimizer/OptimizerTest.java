package io.rankline.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import io.rankline.model.optimizer.rate.ConstantRate;
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
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class OptimizerTest {

  /** Sums of a few floats in another order. */
  private static final double FLOAT_SUM = 1e-6;

  @Test
  void defaults() {
    assertThat(Stream.of(OptimizerKey.values()).map(Optimizer::of))
        .containsExactly(
            expected(new SgdRule(0, false), 0.01, 0),
            expected(new RmspropRule(0.9, 0, 1e-7, false), 0.001, 0),
            expected(new AdamRule(0.9, 0.999, 1e-7, false), 0.001, 0),
            expected(new AdamRule(0.9, 0.999, 1e-7, false), 0.001, 0.004),
            expected(new AdadeltaRule(0.95, 1e-7), 0.001, 0),
            expected(new AdagradRule(0.1, 1e-7), 0.001, 0),
            expected(new AdamaxRule(0.9, 0.999, 1e-7), 0.001, 0),
            expected(new NadamRule(0.9, 0.999, 1e-7), 0.001, 0),
            expected(new LionRule(0.9, 0.99), 0.001, 0));
  }

  @ParameterizedTest
  @EnumSource(OptimizerKey.class)
  void everyNameIsReadBackInAnyCase(OptimizerKey key) {
    assertThat(OptimizerKey.ofWireName(key.wireName())).isEqualTo(key);
    assertThat(OptimizerKey.ofWireName(key.name())).isEqualTo(key);
    assertThat(Optimizer.parse(key.wireName())).isEqualTo(Optimizer.of(key));
  }

  @ParameterizedTest
  @EnumSource(OptimizerKey.class)
  void everyOptimizerIsReadBackFromItsText(OptimizerKey key) {
    Optimizer optimizer = Optimizer.of(key).withClipping(GradientClipping.byNorm(0.1));

    assertThat(Optimizer.parse(optimizer.render())).isEqualTo(optimizer);
  }

  @ParameterizedTest
  @MethodSource("io.rankline.model.optimizer.UpdateRuleTest#rules")
  void everyOptionIsReadBackFromText(UpdateRule rule) {
    assertThat(Optimizer.parse(Optimizer.of(rule).render()).rule()).isEqualTo(rule);
  }

  @Test
  void optionsHaveKerassNames() {
    assertThat(
            Optimizer.parse(
                """
                {name = AdamW, learning_rate = 1e-4, beta_1 = 0.8, beta_2 = 0.99, epsilon = 1e-5,
                 amsgrad = true, weight_decay = 0.01, global_clipnorm = 2}
                """))
        .isEqualTo(
            new Optimizer(
                new AdamRule(0.8, 0.99, 1e-5, true),
                new ConstantRate(1e-4),
                0.01,
                GradientClipping.byGlobalNorm(2)));
  }

  @Test
  void aConfigurationNamesOrDescribesIt() {
    var config = ConfigFactory.parseString("a = adagrad, b = {name = sgd, momentum = 0.5}");

    assertThat(Optimizer.of(config.getValue("a"))).isEqualTo(Optimizer.of("adagrad"));
    assertThat(Optimizer.of(config.getValue("b")).rule()).isEqualTo(new SgdRule(0.5, false));
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    assertThatThrownBy(() -> Optimizer.of("adagrd"))
        .hasMessage(
            "unknown optimizer 'adagrd'; expected one of adagrad, adam, adamw, adamax, nadam, sgd,"
                + " adadelta, rmsprop, lion");
  }

  @Test
  void whatDl4jCannotDoIsRefusedWithAWayOut() {
    assertThatThrownBy(() -> Optimizer.of("Ftrl"))
        .hasMessageStartingWith(
            "optimizer ftrl sets weights from its own sums rather than by steps, which DL4J's"
                + " updaters cannot do; use adagrad, its nearest kin, with a penalty l1, or one"
                + " of ");
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                Optimizer.parse(
                    """
                    {name = adam
                     beta_1 = 2
                     weight_decay = -1
                     clipnorm = 1, clipvalue = 1
                     learning_rate = {name = cosine_decay, decay_steps = 10}
                     momentm = 0.9}
                    """))
        .hasMessage(
            """
            optimizer: 2: beta_1 must lie in [0, 1), got 2.0
            optimizer: 5: learning_rate.initial_learning_rate is missing; it must be 0 or more and finite
            optimizer: 1: at most one of clipnorm, global_clipnorm and clipvalue can be set, got 1.0, null and 1.0
            optimizer: 6: unknown key momentm; expected one of ema_momentum, name, clipnorm, use_ema, beta_1, beta_2, amsgrad, epsilon, swa_start, learning_rate, global_clipnorm, clipvalue, weight_decay, gradient_accumulation_steps
            optimizer: 3: weight_decay must be 0 or more and finite, got -1.0\
            """
                .stripIndent());
  }

  @Test
  void weightDecayShrinksWeightsAndBiasesBesideTheStepAndIsNoPartOfTheLoss() {
    Optimizer plain = Optimizer.of("sgd").withLearningRate(0.1);
    ComputationGraph without = SmallNetwork.of(plain, Regularizer.NONE);
    ComputationGraph with = SmallNetwork.of(plain.withWeightDecay(0.5), Regularizer.NONE);
    INDArray before = without.getParam("dense_W").dup();
    double score = SmallNetwork.score(without);

    SmallNetwork.train(without, 1);
    SmallNetwork.train(with, 1);

    INDArray decay = without.getParam("dense_W").sub(with.getParam("dense_W"));
    assertThat(decay.toFloatMatrix()[1][2])
        .isCloseTo((float) (0.1 * 0.5 * before.getDouble(1, 2)), within((float) FLOAT_SUM));
    assertThat(with.score()).isEqualTo(score);
  }

  @Test
  void penaltiesAreThoseOfKeras() {
    double l1 = 0.03;
    double l2 = 0.02;
    Optimizer optimizer = Optimizer.of("sgd").withLearningRate(1);
    ComputationGraph plain = SmallNetwork.of(optimizer, Regularizer.NONE);
    ComputationGraph penalised = SmallNetwork.of(optimizer, new Regularizer(l1, l2));
    double penalty = 0;
    for (String name : List.of("dense_W", "out_W")) {
      for (double w : plain.getParam(name).dup().data().asDouble()) {
        penalty += l1 * Math.abs(w) + l2 * w * w;
      }
    }
    double w = plain.getParam("dense_W").getDouble(2, 1);
    double score = SmallNetwork.score(plain);

    assertThat(SmallNetwork.score(penalised)).isCloseTo(score + penalty, within(FLOAT_SUM));

    SmallNetwork.train(plain, 1);
    SmallNetwork.train(penalised, 1);

    double difference =
        plain.getParam("dense_W").getDouble(2, 1) - penalised.getParam("dense_W").getDouble(2, 1);
    assertThat(difference).isCloseTo(l1 * Math.signum(w) + 2 * l2 * w, within(10 * FLOAT_SUM));
    assertThat(penalised.getParam("dense_b")).isEqualTo(plain.getParam("dense_b"));
  }

  private static Optimizer expected(UpdateRule rule, double rate, double decay) {
    return new Optimizer(rule, new ConstantRate(rate), decay, GradientClipping.NONE);
  }
}
