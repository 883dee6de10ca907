package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.TieOrder;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.listwise.CircleLoss;
import io.rankline.loss.listwise.ListMleLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.loss.pointwise.MeanSquaredLoss;
import io.rankline.loss.sampling.GumbelApproxNdcgLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import io.rankline.testing.Tolerances;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LossObjectiveTest {

  private final LossWorkspace workspace = new LossWorkspace();

  @Test
  void specificationNamesLossesAndWeights() {
    assertThat(LossObjective.parse("softmax_loss: 0.3, approx_ndcg_loss:0.7").terms())
        .containsExactly(
            new WeightedLoss(new SoftmaxLoss(), 0.3), new WeightedLoss(new ApproxNdcgLoss(), 0.7));
    assertThat(LossObjective.of(Map.of("softmax_loss", 2.0)).terms())
        .containsExactly(new WeightedLoss(new SoftmaxLoss(), 2));
  }

  @Test
  void severalLossesAddUpWithTheirWeights() {
    RandomLists lists = new RandomLists(3, 1);
    LossObjective both = LossObjective.parse("softmax_loss:0.3,pairwise_logistic_loss:0.7");
    double[] gradient = new double[lists.scores.length];
    double[] first = new double[lists.scores.length];
    double[] second = new double[lists.scores.length];

    double value = both.evaluate(lists.batch(), workspace, gradient).value();

    double softmax =
        LossObjective.parse("softmax_loss").evaluate(lists.batch(), workspace, first).value();
    double pairwise =
        LossObjective.parse("pairwise_logistic_loss")
            .evaluate(lists.batch(), workspace, second)
            .value();
    assertThat(value).isCloseTo(0.3 * softmax + 0.7 * pairwise, within(Tolerances.DOUBLE_SUM));
    for (int k = 0; k < gradient.length; k++) {
      assertThat(gradient[k])
          .isCloseTo(0.3 * first[k] + 0.7 * second[k], within(Tolerances.DOUBLE_SUM));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Reduction.class,
      names = {"SUM", "MEAN", "SUM_BY_NONZERO_WEIGHTS", "AUTO", "SUM_OVER_ELEMENTS"})
  void workersThatShareDenominatorsComputeWhatOneWouldCompute(Reduction reduction) {
    RandomLists lists = new RandomLists(5, 1);
    LossObjective objective =
        LossObjective.parse("softmax_loss:0.3,pairwise_hinge_loss:0.7").withReduction(reduction);
    double[] together = new double[lists.scores.length];
    LossResult expected = objective.evaluate(lists.batch(), workspace, together);

    LossResult sum = objective.evaluate(lists.only(0), workspace);
    for (int b = 1; b < RandomLists.LISTS; b++) {
      sum = objective.merge(sum, objective.evaluate(lists.only(b), workspace));
    }

    assertThat(sum.value()).isCloseTo(expected.value(), within(Tolerances.DOUBLE_SUM));
    for (int b = 0; b < RandomLists.LISTS; b++) {
      double[] own = new double[RandomLists.LENGTH];
      float[] rounded = new float[RandomLists.LENGTH];
      objective.evaluate(lists.only(b), workspace, sum.denominators(), own);
      objective.evaluate(lists.only(b), workspace, sum.denominators(), rounded, 0);
      for (int i = 0; i < own.length; i++) {
        assertThat(own[i]).isCloseTo(together[b * own.length + i], within(Tolerances.DOUBLE_SUM));
        assertThat(rounded[i]).isEqualTo((float) own[i]);
      }
    }
  }

  @Test
  void workersDrawWhatOneWouldDraw() {
    RandomLists lists = new RandomLists(5, 1);
    LossObjective objective =
        LossObjective.of(new GumbelApproxNdcgLoss(0.5, new GumbelSampler(4, 1, 9L)))
            .withReduction(Reduction.SUM);

    double apart = 0;
    for (int b = 0; b < RandomLists.LISTS; b++) {
      apart += objective.evaluate(lists.only(b), workspace).value();
    }

    assertThat(apart)
        .isCloseTo(
            objective.evaluate(lists.batch(), workspace).value(), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void everyStepDrawsAnew() {
    RandomLists lists = new RandomLists(5, 1);
    LossObjective objective =
        LossObjective.of(new YetiLogisticLoss(1, null, GumbelSampler.DEFAULT.withSeed(1)));

    double first = objective.evaluate(lists.builder().step(1).build(), workspace).value();

    assertThat(objective.evaluate(lists.builder().step(1).build(), workspace).value())
        .isEqualTo(first);
    assertThat(objective.evaluate(lists.builder().step(2).build(), workspace).value())
        .isNotEqualTo(first);
  }

  @Test
  void everyEvaluationDrawsAnewWithoutASeed() {
    RandomLists lists = new RandomLists(5, 1);
    LossObjective objective = LossObjective.of(new GumbelApproxNdcgLoss());

    double first = objective.evaluate(lists.batch(), workspace).value();

    assertThat(objective.evaluate(lists.batch(), workspace).value()).isNotEqualTo(first);
  }

  @Test
  void randomTiesChangeTheOrderOfEqualLabelsInListMle() {
    LossBatch batch =
        LossBatch.of(1, 6)
            .labels(Values.of(1, 1, 1, 1, 1, 1f))
            .scores(Values.of(0.1, 2.0, -1.0, 0.4, 3.0, 1.0))
            .build();
    LossObjective objective = LossObjective.of(new ListMleLoss());

    double byPosition = objective.evaluate(batch, workspace).value();
    double random = objective.withTies(TieOrder.random(1)).evaluate(batch, workspace).value();

    assertThat(random).isNotEqualTo(byPosition);
    assertThat(objective.withTies(TieOrder.random(1)).evaluate(batch, workspace).value())
        .isEqualTo(random);
  }

  @Test
  void lambdaWeightsScaleWithThePaddedLength() {
    RankingLoss loss = new PairwiseLogisticLoss(1, DcgLambdaWeight.ndcg());
    double[][] labels = {{1, 0}};
    double[][] scores = {{0.2, 0.5}};
    double[][] padded = {{1, 0, -1, -1}};
    double[][] paddedScores = {{0.2, 0.5, 0, 0}};
    LossObjective sum = LossObjective.of(loss).withReduction(Reduction.SUM);

    double alone = sum.evaluate(LossBatch.ragged(labels, scores).build(), workspace).value();

    assertThat(sum.evaluate(LossBatch.ragged(padded, paddedScores).build(), workspace).value())
        .isCloseTo(2 * alone, within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void raggedListsTakeRaggedWeights() {
    double[][] labels = {{1, 0}, {2}};
    double[][] scores = {{0.5, 2}, {4}};
    double[][] weights = {{3, 0.5}, {2}};
    LossBatch batch = LossBatch.ragged(labels, scores, weights).build();
    LossObjective sum = LossObjective.of(new MeanSquaredLoss()).withReduction(Reduction.SUM);

    // 3 (1 - 0.5)^2 + 0.5 (0 - 2)^2 + 2 (2 - 4)^2.
    assertThat(sum.evaluate(batch, workspace).value()).isEqualTo(0.75 + 2 + 8);
  }

  @Test
  void listWithoutPairsCountsNothingInCircleLoss() {
    LossBatch batch =
        LossBatch.of(2, 2)
            .labels(Values.of(1, 1, 1, 0f))
            .scores(Values.of(0.2, 0.5, 0.4, 0.6))
            .build();
    LossBatch second =
        LossBatch.of(1, 2).labels(Values.of(1, 0f)).scores(Values.of(0.4, 0.6)).build();
    LossObjective mean =
        LossObjective.of(new CircleLoss()).withReduction(Reduction.SUM_BY_NONZERO_WEIGHTS);

    assertThat(mean.evaluate(batch, workspace).value())
        .isCloseTo(mean.evaluate(second, workspace).value(), within(Tolerances.DOUBLE_SUM));
  }

  @ParameterizedTest
  @CsvSource({
    // Every approximate rank is 1 + 2 * 1/2; every entry of both orders 1/3; 3! equally likely
    // orders; three items at ln 2.
    "approx_mrr_loss, -0.5",
    "neural_sort_cross_entropy_loss, 1.0986122886681098",
    "coupled_rankdistil_loss, 1.791759469228055",
    "mixture_em_loss, 2.0794415416798357"
  })
  void listWithoutPositiveLabelsShowsItsLossWithWeightZero(String name, double expected) {
    LossKey key = LossKey.ofWireName(name);
    Map<String, Integer> parameters = key == LossKey.MIXTURE_EM ? Map.of("models", 1) : Map.of();
    LossObjective objective = LossObjective.of(key.create(parameters));
    LossBatch batch =
        LossBatch.of(1, 4)
            .labels(Values.of(0.0, 0.0, -1.0, 0.0))
            .scores(Values.of(0.0, 0.0, 5.0, 0.0))
            .build();

    PerListLosses perList = objective.perList(batch, workspace);

    assertThat(perList.losses()[0]).isCloseTo(expected, within(Tolerances.DOUBLE_SUM));
    assertThat(perList.weights()).containsExactly(0);
    assertThat(objective.unreduced(batch, workspace).losses()).containsExactly(perList.losses());
    assertThat(objective.evaluate(batch, workspace).value()).isZero();
  }
}
