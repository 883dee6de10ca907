package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.data.TieOrder;
import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.click.IpwPairwiseLogisticLoss;
import io.rankline.loss.click.IpwSigmoidCrossEntropyLoss;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.DcgV2LambdaWeight;
import io.rankline.loss.lambda.LabelDiffLambdaWeight;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.loss.lambda.PrecisionLambdaWeight;
import io.rankline.loss.lambda.YetiDcgLambdaWeight;
import io.rankline.loss.listwise.CircleLoss;
import io.rankline.loss.listwise.CoupledRankDistilLoss;
import io.rankline.loss.listwise.ListMleLoss;
import io.rankline.loss.listwise.MixtureEmLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.pairwise.PairwiseHingeLoss;
import io.rankline.loss.pointwise.MultiClassLoss;
import io.rankline.loss.pointwise.OrdinalLoss;
import io.rankline.loss.sampling.GumbelApproxNdcgLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.NeuralNdcgLoss;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTextTest {

  @ParameterizedTest
  @EnumSource(LossKey.class)
  void everyLossIsReadBack(LossKey key) {
    LossObjective objective = LossObjective.of(key.create(LossKeyTest.required(key)));

    assertThat(LossText.parse(LossText.render(objective))).isEqualTo(objective);
  }

  static Stream<RankingLoss> unusualLosses() {
    GumbelSampler sampler = new GumbelSampler(3, 0.7, Long.MIN_VALUE);
    return Stream.of(
        new OrdinalLoss(3, true, 0.3),
        new MultiClassLoss(4, true, 0.1, 0.3),
        new CircleLoss(3, 0.1),
        new ClickEmLoss(0.1, 0.2, 0.3),
        new MixtureEmLoss(3, 0.1),
        new CoupledRankDistilLoss(3, 5, 0.3, 7L),
        new NeuralNdcgLoss(0.3, 5, false, 3, 0.2, false, 9L, 11, 1e-3),
        new GumbelApproxNdcgLoss(0.3, sampler),
        new YetiLogisticLoss(0.3, null, sampler),
        new LambdaLoss(new LambdaLossWeight(LambdaLossScheme.NDCG_LOSS2PP, 3, 5), 0.3),
        new LambdaLoss(new LambdaLossWeight(LambdaLossScheme.RANK_NET, 10, 5), 0.3),
        new IpwSigmoidCrossEntropyLoss(new PositionBias(1, 0.1 + 0.2), 0.05, 0.3),
        new IpwPairwiseLogisticLoss(new PositionBias(1), 0.05, 0.3, DcgLambdaWeight.ndcg()),
        new DotProductLoss());
  }

  @ParameterizedTest
  @MethodSource("unusualLosses")
  void everyParameterIsReadBack(RankingLoss loss) {
    LossObjective objective = LossObjective.of(loss);

    assertThat(LossText.parse(LossText.render(objective))).isEqualTo(objective);
  }

  static Stream<PairLambdaWeight> pairWeights() {
    return Stream.of(
        DcgLambdaWeight.dcg(),
        DcgLambdaWeight.ndcg().withTopn(5).withSmoothFraction(0.25),
        DcgLambdaWeight.estimatorNdcg(),
        DcgLambdaWeight.reciprocalRank(),
        new DcgLambdaWeight(3, Steep.GAIN, new Flat(), true, 0),
        DcgV2LambdaWeight.ndcg().withTopn(5),
        new DcgV2LambdaWeight(5, Gain.IDENTITY, RankDiscount.RECIPROCAL, false),
        new YetiDcgLambdaWeight(5, Gain.IDENTITY, RankDiscount.INVERSE_LOG2, true),
        new LabelDiffLambdaWeight(),
        new PrecisionLambdaWeight(5, 2.5),
        new LambdaLossWeight(LambdaLossScheme.NDCG_LOSS1, 3, 5),
        new LambdaLossWeight(LambdaLossScheme.NDCG_LOSS2PP, 3, LambdaWeight.ALL_RANKS));
  }

  @ParameterizedTest
  @MethodSource("pairWeights")
  void everyPairWeightIsReadBack(PairLambdaWeight weight) {
    LossObjective objective = LossObjective.of(new PairwiseHingeLoss(1, weight));

    assertThat(LossText.parse(LossText.render(objective))).isEqualTo(objective);
  }

  @Test
  void weightsOfListMleAreReadBack() {
    for (ListMleLambdaWeight weight :
        new ListMleLambdaWeight[] {
          ListMleLambdaWeight.positionAware(100), new ListMleLambdaWeight(RankDiscount.INVERSE_LN)
        }) {
      LossObjective objective = LossObjective.of(new ListMleLoss(1, weight));

      assertThat(LossText.parse(LossText.render(objective))).isEqualTo(objective);
    }
  }

  @Test
  void severalLossesReductionAndTiesAreReadBack() {
    LossObjective objective =
        LossObjective.parse("softmax_loss:0.3,approx_ndcg_loss:0.1")
            .withReduction(Reduction.SUM_BY_NONZERO_WEIGHTS)
            .withTies(TieOrder.random(-5));

    assertThat(LossText.parse(LossText.render(objective))).isEqualTo(objective);
  }

  @Test
  void textMayBeNamesOrAnObject() {
    LossObjective softmax = LossObjective.of(new SoftmaxLoss());

    assertThat(LossText.parse(" softmax_loss ")).isEqualTo(softmax);
    assertThat(LossText.parse("{name = softmax_loss}")).isEqualTo(softmax);
    assertThat(LossText.of(ConfigFactory.parseString("loss = softmax_loss").getValue("loss")))
        .isEqualTo(softmax);
    assertThat(
            LossText.parse(
                """
                {name = ipw_pairwise_logistic_loss, lambda_weight = ndcg, reduction = mean
                 position_bias = {power = 1, positions = 4}}
                """))
        .isEqualTo(
            LossObjective.of(
                    new IpwPairwiseLogisticLoss(
                        PositionBias.ofPower(1, 4), 0.01, 1, DcgLambdaWeight.ndcg()))
                .withReduction(Reduction.MEAN));
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                LossText.parse(
                    """
                    {losses = [
                      {name = softmax, weight = much}
                      {name = softmax_loss, lambda_weight = {kind = ndgc}}
                      {name = approx_ndcg_loss, temprature = 1}
                      {class = io.rankline.loss.NoSuchLoss}
                     ]
                     reductoin = mean}
                    """))
        .hasMessageContainingAll(
            "loss: 2: losses[0].weight must be a number, got \"much\"",
            "loss: 2: losses[0]: unknown loss 'softmax'; expected one of softmax_loss,",
            "loss: 3: losses[1].lambda_weight has unknown kind 'ndgc'; expected one of ",
            "loss: 4: unknown key losses[2].temprature; did you mean temperature? Others are ",
            "loss: 5: losses[3].class must name a CustomLoss with a constructor without parameters,"
                + " got 'io.rankline.loss.NoSuchLoss'",
            "loss: 7: unknown key reductoin; did you mean reduction? Others are ");
  }

  @Test
  void allFaultsOfParametersAreToldWithTheirLinesAndKeys() {
    assertThatThrownBy(
            () ->
                LossText.parse(
                    """
                    {losses = [
                      {name = gumbel_approx_ndcg_loss, temperature = 0
                       sample_size = 0
                       seed = soon}
                      {name = circle_loss, gamma = -1, margin = wide, mu = 1}
                      {name = multi_class_loss
                       label_smoothing = 1}
                      {name = ipw_softmax_loss, position_bias = [1, 0]}
                      {name = pairwise_hinge_loss
                       lambda_weight = {kind = ndcg, topn = 0
                         smooth_fraction = 2}}
                      {name = softmax_loss, lambda_weight = precision}
                      {name = softmax_loss, lambda_weight = label_diff}
                     ]}
                    """))
        .hasMessage(
            """
            loss: 4: losses[0].seed must be a whole number, got "soon"
            loss: 3: losses[0].sample_size must be 1 or more, got 0
            loss: 2: losses[0].temperature must be positive and finite, got 0.0
            loss: 5: losses[1].margin must be a number, got "wide"
            loss: 5: losses[1].gamma must be positive and finite, got -1.0
            loss: 5: unknown key losses[1].mu; expected one of name, gamma, margin, class, weight
            loss: 6: losses[2].num_classes is missing; it must be 1 or more
            loss: 7: losses[2].label_smoothing must lie in [0, 1), got 1.0
            loss: 8: losses[3].position_bias is wrong: position bias must lie in (0, 1], got 0.0 at position 2
            loss: 10: losses[4].lambda_weight.topn must be 1 or more, got 0
            loss: 11: losses[4].lambda_weight.smooth_fraction must lie in [0, 1], got 2.0
            loss: 12: losses[5].lambda_weight.topn is missing; it must be 1 or more
            loss: 13: losses[6]: softmax_loss takes a lambda_weight of kind dcg or ndcg, got label_diff; use pairwise_logistic_loss for it\
            """);
  }

  @Test
  void numbersMayStandInQuotesAsTheEnvironmentGivesThem() {
    assertThat(
            LossText.parse(
                "{name = coupled_rankdistil_loss, sample_size = \"3\", temperature = \"0.5\"}"))
        .isEqualTo(
            LossObjective.of(
                new CoupledRankDistilLoss(3, CoupledRankDistilLoss.ALL_POSITIONS, 0.5, null)));
  }

  @Test
  void aGainWithParametersCannotBeWritten() {
    LossObjective objective =
        LossObjective.of(
            new PairwiseHingeLoss(
                1, new DcgLambdaWeight(3, new Power(2), RankDiscount.RECIPROCAL, true, 0)));

    assertThatThrownBy(() -> LossText.render(objective))
        .hasMessage(
            "Power[exponent=2.0] cannot be written as text: make it an enum, or a record without"
                + " parameters");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"log2, inverse_log2", "ln, inverse_ln"})
  void aDiscountIsReadByTheNameThatMetricsGiveItToo(String shortName, String name) {
    String text = "{name = pairwise_logistic_loss, lambda_weight = {kind = ndcg, discount = %s}}";
    LossObjective objective = LossText.parse(text.formatted(shortName));

    assertThat(objective).isEqualTo(LossText.parse(text.formatted(name)));
    assertThat(LossText.render(objective)).contains("\"discount\":\"" + name + "\"");
  }

  enum Steep implements Gain {
    GAIN;

    @Override
    public double of(double label) {
      return label * label;
    }
  }

  record Flat() implements RankDiscount {
    @Override
    public double of(double rank) {
      return 0.5;
    }
  }

  record Power(double exponent) implements Gain {
    @Override
    public double of(double label) {
      return Math.pow(label, exponent);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "softmax_loss",
        "softmax_loss:0.3,approx_ndcg_loss:0.7",
      })
  void theShortestFormIsTheNameWhereNothingElseIsSaid(String text) {
    assertThat(LossText.shortest(LossText.parse(text))).isEqualTo(text);
  }

  @Test
  void theShortestFormReadsBackToWhatDiffersFromDefaults() {
    LossObjective objective = LossText.parse("{name = approx_ndcg_loss, temperature = 0.5}");

    assertThat(LossText.parse(LossText.shortest(objective))).isEqualTo(objective);
  }
}
