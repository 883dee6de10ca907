package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.click.IpwSoftmaxLoss;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.DcgV2LambdaWeight;
import io.rankline.loss.lambda.LabelDiffLambdaWeight;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PrecisionLambdaWeight;
import io.rankline.loss.listwise.CalibratedSoftmaxLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pointwise.MultiClassLoss;
import io.rankline.loss.pointwise.OrdinalLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused, and in which words. */
class BadInputTest {

  @Test
  void unknownLossIsToldWithTheKnownOnesNearestFirst() {
    assertThatThrownBy(() -> LossKey.ofWireName("softmax"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "unknown loss 'softmax'; expected one of softmax_loss, ipw_softmax_loss,")
        .satisfies(
            e -> {
              for (LossKey key : LossKey.values()) {
                assertThat(e).hasMessageContaining(key.wireName());
              }
            });
  }

  @Test
  void unknownReductionIsToldWithTheKnownOnes() {
    assertRefused(
        () -> Reduction.ofWireName("average"),
        "unknown reduction 'average'; expected one of mean, auto, sum, sum_over_batch_size,"
            + " sum_over_elements, sum_by_nonzero_weights");
  }

  @Test
  void reductionNoneIsNoTrainingLoss() {
    assertRefused(
        () -> Reduction.ofWireName("NONE"),
        "reduction none gives no single number to train on; use LossObjective.unreduced, or one of"
            + " mean, auto, sum, sum_over_elements, sum_by_nonzero_weights, sum_over_batch_size");
  }

  @ParameterizedTest
  @EnumSource(
      value = LossKey.class,
      names = {
        "APPROX_NDCG",
        "APPROX_MRR",
        "UNIQUE_SOFTMAX",
        "CIRCLE",
        "NEURAL_SORT_NDCG",
        "NEURAL_SORT_CROSS_ENTROPY",
        "MEAN_SQUARED",
        "SIGMOID_CROSS_ENTROPY"
      })
  void lambdaWeightIsRefusedWhereTheReferenceIgnoresIt(LossKey key) {
    assertRefused(
        () -> key.create(lambda(DcgLambdaWeight.ndcg())),
        key.wireName()
            + " takes no lambda_weight; use pairwise_logistic_loss, softmax_loss or"
            + " list_mle_loss");
  }

  @Test
  void softmaxTakesNoPairWeights() {
    assertRefused(
        () -> LossKey.SOFTMAX.create(lambda(new LabelDiffLambdaWeight())),
        "softmax_loss takes a lambda_weight of kind dcg or ndcg, got label_diff; use"
            + " pairwise_logistic_loss for it");
    assertRefused(
        () -> LossKey.POLY_ONE_SOFTMAX.create(lambda(DcgV2LambdaWeight.ndcg())),
        "poly_one_softmax_loss takes a lambda_weight of kind dcg or ndcg, got ndcg_v2; use"
            + " pairwise_logistic_loss for it");
    assertRefused(
        () -> LossKey.SOFTMAX.create(lambda(ListMleLambdaWeight.positionAware(3))),
        "softmax_loss takes a lambda_weight of kind dcg or ndcg, got list_mle; use list_mle_loss"
            + " for it");
  }

  @Test
  void listMleTakesPositionWeightsOnly() {
    assertRefused(
        () -> LossKey.LIST_MLE.create(lambda(DcgLambdaWeight.dcg())),
        "list_mle_loss takes a lambda_weight of kind list_mle, got dcg; use"
            + " pairwise_logistic_loss for it");
  }

  @Test
  void pairwiseLossTakesNoPositionWeights() {
    assertRefused(
        () -> LossKey.PAIRWISE_HINGE.create(lambda(ListMleLambdaWeight.positionAware(3))),
        "pairwise_hinge_loss takes a lambda_weight for pairs, got list_mle; use list_mle_loss for"
            + " it");
  }

  @Test
  void parameterOfAnotherLossIsRefused() {
    assertRefused(
        () -> LossKey.CIRCLE.create(Map.of("temperature", "2")),
        "circle_loss takes no temperature; it takes gamma, margin");
    assertRefused(
        () -> LossKey.MEAN_SQUARED.create(Map.of("temperature", "2")),
        "mean_squared_loss takes no temperature; it takes no parameters");
    assertRefused(
        () -> LossKey.MIXTURE_EM.create(Map.of("temperature", "2")),
        "mixture_em_loss takes no temperature; it takes alpha, models");
  }

  @Test
  void wholeNumberThatIsTooLargeIsRefused() {
    assertRefused(
        () -> LossKey.YETI_LOGISTIC.create(Map.of("sample_size", 5_000_000_000L)),
        "sample_size must be a whole number, got '5000000000'");
  }

  @ParameterizedTest
  @EnumSource(
      value = LossKey.class,
      names = {"UNIQUE_SOFTMAX", "NDCG_LOSS2", "YETI_LOGISTIC"})
  void labelWithoutAFiniteGainIsRefused(LossKey key) {
    assertRefused(
        () ->
            LossObjective.of(key.withDefaults())
                .evaluate(valid().labels(Values.of(2000.0, 0.0)).build(), new LossWorkspace()),
        "gain of label 2000.0 must be finite, got Infinity");
  }

  @Test
  void positionAwareWeightsEndWherePowersOfTwoDo() {
    assertThat(ListMleLambdaWeight.positionAware(1024).at(1)).isFinite();
    assertRefused(
        () -> ListMleLambdaWeight.positionAware(1025),
        "list size of position-aware weights must lie in 1 to 1024, got 1025");
  }

  @Test
  void missingParameterIsNamed() {
    assertRefused(
        LossKey.MULTI_CLASS::withDefaults, "multi_class_loss needs num_classes, a whole number");
    assertRefused(
        LossKey.IPW_SOFTMAX::withDefaults, "ipw_softmax_loss needs position_bias, a PositionBias");
  }

  @Test
  void unknownParameterIsToldWithTheNearestFirst() {
    assertThatThrownBy(() -> LossKey.SOFTMAX.create(Map.of("temperatur", "1")))
        .hasMessageStartingWith(
            "unknown loss parameter 'temperatur'; expected one of temperature, "
                + "gumbel_temperature,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SOFTMAX; temperature; warm; temperature must be a number, got 'warm'",
        "YETI_LOGISTIC; sample_size; 1.5; sample_size must be a whole number, got '1.5'",
        "ORDINAL; use_fraction_label; yes; use_fraction_label must be true or false, got 'yes'",
        "SOFTMAX; lambda_weight; ndcg; lambda_weight must be a LambdaWeight or null, got 'ndcg'",
      })
  void valueOfTheWrongKindIsRefused(LossKey key, String name, String value, String message) {
    assertRefused(() -> key.create(Map.of(name, value)), message);
  }

  @Test
  void allFaultsOfParametersAreToldAtOnce() {
    assertRefused(
        () ->
            LossKey.MULTI_CLASS.create(
                new TreeMap<>(Map.of("gamma", 1, "label_smoothing", "some"))),
        """
        multi_class_loss takes no gamma; it takes from_logits, label_smoothing, num_classes, temperature
        label_smoothing must be a number, got 'some'\
        """);
    assertRefused(
        () -> new MultiClassLoss(0, true, 2, -1),
        """
        num_classes must be 1 or more, got 0
        label_smoothing must lie in [0, 1), got 2.0
        temperature must be positive and finite, got -1.0\
        """);
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    assertRefused(
        () -> new SoftmaxLoss(Double.NaN, null),
        "temperature must be positive and finite, got NaN");
    assertRefused(() -> new ApproxNdcgLoss(0), "temperature must be positive and finite, got 0.0");
    assertRefused(
        () -> new CalibratedSoftmaxLoss(-1, 1, null),
        "virtual_label must be 0 or more and finite, got -1.0");
    assertRefused(() -> new GumbelSampler(0, 1, null), "sample_size must be 1 or more, got 0");
    assertRefused(() -> new OrdinalLoss(0), "ordinal_size must be 1 or more, got 0");
    assertRefused(
        () -> new MultiClassLoss(3, true, 1, 1), "label_smoothing must lie in [0, 1), got 1.0");
    assertRefused(
        () -> new MultiClassLoss(3, false, 0, 2),
        "temperature has no effect on probabilities; set from_logits or leave temperature at 1,"
            + " got 2.0");
    assertRefused(
        () -> DcgLambdaWeight.ndcg().withSmoothFraction(1.5),
        "smooth_fraction must lie in [0, 1], got 1.5");
    assertRefused(() -> new PrecisionLambdaWeight(0), "topn must be 1 or more, got 0");
    assertRefused(
        () -> new DcgV2LambdaWeight(1, Gain.IDENTITY, new ConstantDiscount(), false),
        "rank discount must be below 1 from rank 2 on, got 1.0 at rank 2");
    assertRefused(
        () -> new PositionBias(1, 0), "position bias must lie in (0, 1], got 0.0 at position 2");
    assertRefused(
        () -> new IpwSoftmaxLoss(new PositionBias(1), 0, 1),
        "min_propensity must lie in (0, 1], got 0.0");
  }

  @Test
  void shapesThatDoNotMatchAreNamed() {
    assertRefused(
        () -> labels(1, 2, 0, 1).scores(Values.of(1, 2, 3f)).build(),
        "scores must have shape [1, 2], 2 values, got 3");
    assertRefused(
        () -> labels(1, 2, 0, 1).outputs(2).scores(Values.of(1, 2, 3f)).build(),
        "scores must have shape [1, 2, 2], 4 values, got 3");
    assertRefused(
        () -> labels(1, 2, 0).scores(Values.of(1, 2f)).build(),
        "labels must have shape [1, 2], 2 values, got 1");
    assertRefused(
        () -> valid().itemWeights(Values.of(1f)).build(),
        "itemWeights must have shape [1, 2], 2 values, got 1");
    assertRefused(
        () -> valid().listWeights(Values.of(1, 1f)).build(),
        "listWeights must have shape [1, 1], 1 values, got 2");
    assertRefused(() -> valid().mask(true).build(), "mask must have shape [1, 2], 2 values, got 1");
    assertRefused(
        () -> valid().listWeights(Values.of(1f)).itemWeights(Values.of(1, 1f)).build(),
        "a batch has item weights or list weights, got both; multiply them into one");
    assertRefused(
        () -> evaluate(new ClickEmLoss(), valid().build()),
        "click_em_loss needs 2 scores an item, got 1");
    assertRefused(
        () ->
            LossObjective.of(new SoftmaxLoss())
                .evaluate(valid().build(), new LossWorkspace(), new float[2], 1),
        "gradient must have room for 2 values from 1 on, got length 2");
    assertRefused(
        () -> LossBatch.ragged(new double[][] {{1, 0}}, new double[][] {{1, 2, 3}}),
        "scores of list 0 must have length 2, got 3");
    assertRefused(
        () ->
            LossBatch.ragged(
                new double[][] {{1, 0}}, new double[][] {{1, 2}}, new double[][] {{1}}),
        "itemWeights of list 0 must have length 2, got 1");
  }

  @Test
  void numbersOutOfRangeAreNamedWithTheirPlace() {
    assertRefused(
        () -> evaluate(valid().itemWeights(Values.of(1, -2f)).build()),
        "weight of list 0, item 1 must be 0 or more and finite, got -2.0");
    assertRefused(
        () -> evaluate(valid().listWeights(Values.of(Double.NaN)).build()),
        "weight of list 0 must be 0 or more and finite, got NaN");
    assertRefused(
        () -> evaluate(labels(1, 2, 0, Double.NaN).scores(Values.of(1, 2f)).build()),
        "label of list 0, item 1 must be finite, got NaN");
    assertRefused(
        () -> evaluate(valid().scores(Values.of(1, Double.POSITIVE_INFINITY)).build()),
        "score of list 0, item 1 must be finite, got Infinity");
    assertRefused(
        () -> evaluate(valid().positions(1, 0).build()),
        "position of list 0, item 1 must be 1 or more, got 0");
    assertRefused(
        () ->
            evaluate(
                new MultiClassLoss(2),
                labels(1, 1, 2).outputs(2).scores(Values.of(0.5, 0.5)).build()),
        "label must be below num_classes, 2, got 2.0");
    assertRefused(
        () ->
            evaluate(
                new MultiClassLoss(2),
                labels(1, 1, 1).outputs(2).scores(Values.of(-0.5, 0.5)).build()),
        "multi_class_loss reads scores as probabilities, 0 or more, got -0.5; set from_logits");
  }

  @Test
  void objectivesThatMakeNoSenseAreRefused() {
    assertRefused(
        () -> LossObjective.of(Map.of()), "an objective needs at least one loss, got none");
    assertRefused(
        () -> LossObjective.of(List.of("softmax_loss"), List.of(1.0, 2.0)),
        "loss weights must be as many as losses, 1, got 2");
    assertRefused(
        () -> LossObjective.of(List.of("softmax_loss:2"), List.of(1.0)),
        "loss weights stand in 'softmax_loss:2' or in a list beside the names, not both");
    assertRefused(
        () -> LossObjective.parse("softmax_loss:much"),
        "a loss has the form name or name:weight, got 'softmax_loss:much'");
    assertRefused(
        () -> LossObjective.parse("softmax_loss,"),
        "a loss has the form name or name:weight, got '' in 'softmax_loss,'");
    assertRefused(
        () -> LossObjective.parse("softmax_loss:1,softmax_loss:2"),
        "softmax_loss stands twice in 'softmax_loss:1,softmax_loss:2'; add up its weights");
    assertRefused(
        () -> LossObjective.of(new SoftmaxLoss()).plus(new ClickEmLoss(), 1),
        "losses of one objective need the same number of scores an item; softmax_loss has 1,"
            + " click_em_loss has 2");
    assertRefused(
        () -> new WeightedLoss(new SoftmaxLoss(), Double.NaN),
        "weight of softmax_loss must be finite, got NaN");
    assertRefused(
        () ->
            LossObjective.parse("softmax_loss,approx_ndcg_loss")
                .perList(valid().build(), new LossWorkspace()),
        "values before reduction exist for one loss, this objective has 2");
    assertRefused(
        () ->
            LossObjective.of(new YetiLogisticLoss())
                .unreduced(valid().build(), new LossWorkspace()),
        "yeti_logistic_loss has no unreduced values because it samples; give sampled scores to the"
            + " loss without gumbel");
    assertRefused(
        () ->
            LossObjective.parse("softmax_loss")
                .evaluate(valid().build(), new LossWorkspace(), new double[2], new double[2]),
        "denominators must be as many as losses, 1, got 2");
  }

  /** Larger than any rank discount may be from rank 2 on. */
  private record ConstantDiscount() implements RankDiscount {
    @Override
    public double of(double rank) {
      return 1;
    }
  }

  private static Map<String, LambdaWeight> lambda(LambdaWeight weight) {
    return Map.of("lambda_weight", weight);
  }

  private static LossBatch.Builder labels(int lists, int length, double... labels) {
    return LossBatch.of(lists, length).labels(Values.of(labels));
  }

  private static LossBatch.Builder valid() {
    return labels(1, 2, 0, 1).scores(Values.of(1, 2f));
  }

  private static LossResult evaluate(LossBatch batch) {
    return evaluate(new SoftmaxLoss(), batch);
  }

  private static LossResult evaluate(RankingLoss loss, LossBatch batch) {
    return LossObjective.of(loss).evaluate(batch, new LossWorkspace());
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
