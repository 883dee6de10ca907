package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.click.IpwPairwiseLogisticLoss;
import io.rankline.loss.click.IpwSigmoidCrossEntropyLoss;
import io.rankline.loss.click.IpwSoftmaxLoss;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.listwise.CalibratedSoftmaxLoss;
import io.rankline.loss.listwise.CircleLoss;
import io.rankline.loss.listwise.CoupledRankDistilLoss;
import io.rankline.loss.listwise.ListMleLoss;
import io.rankline.loss.listwise.MixtureEmLoss;
import io.rankline.loss.listwise.PolyOneSoftmaxLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.listwise.UniqueSoftmaxLoss;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.pairwise.PairwiseHingeLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.loss.pairwise.PairwiseMseLoss;
import io.rankline.loss.pairwise.PairwiseSoftZeroOneLoss;
import io.rankline.loss.pointwise.MeanSquaredLoss;
import io.rankline.loss.pointwise.MultiClassLoss;
import io.rankline.loss.pointwise.OrdinalLoss;
import io.rankline.loss.pointwise.SigmoidCrossEntropyLoss;
import io.rankline.loss.sampling.GumbelApproxNdcgLoss;
import io.rankline.loss.sampling.GumbelNeuralSortCrossEntropyLoss;
import io.rankline.loss.sampling.GumbelNeuralSortNdcgLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.ApproxMrrLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import io.rankline.loss.smooth.NeuralNdcgLoss;
import io.rankline.loss.smooth.NeuralSortCrossEntropyLoss;
import io.rankline.loss.smooth.NeuralSortNdcgLoss;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossKeyTest {

  @ParameterizedTest
  @EnumSource
  void everyKeyLeadsToALossOfThatKey(LossKey key) {
    assertThat(key.create(required(key)).wireName()).isEqualTo(key.wireName());
  }

  @ParameterizedTest
  @EnumSource
  void everyWireNameIsReadBack(LossKey key) {
    assertThat(LossKey.ofWireName(key.wireName())).isEqualTo(key);
  }

  @ParameterizedTest
  @EnumSource
  void defaultsOfAKeyAreThoseOfTheConstructor(LossKey key) {
    PositionBias bias = new PositionBias(1);
    RankingLoss expected =
        switch (key) {
          case PAIRWISE_HINGE -> new PairwiseHingeLoss();
          case PAIRWISE_LOGISTIC -> new PairwiseLogisticLoss();
          case PAIRWISE_SOFT_ZERO_ONE -> new PairwiseSoftZeroOneLoss();
          case PAIRWISE_MSE -> new PairwiseMseLoss();
          case YETI_LOGISTIC -> new YetiLogisticLoss();
          case SOFTMAX -> new SoftmaxLoss();
          case CALIBRATED_SOFTMAX -> new CalibratedSoftmaxLoss();
          case POLY_ONE_SOFTMAX -> new PolyOneSoftmaxLoss();
          case UNIQUE_SOFTMAX -> new UniqueSoftmaxLoss();
          case SIGMOID_CROSS_ENTROPY -> new SigmoidCrossEntropyLoss();
          case MEAN_SQUARED -> new MeanSquaredLoss();
          case ORDINAL -> new OrdinalLoss(1);
          case MULTI_CLASS -> new MultiClassLoss(5);
          case LIST_MLE -> new ListMleLoss();
          case APPROX_NDCG -> new ApproxNdcgLoss();
          case APPROX_MRR -> new ApproxMrrLoss();
          case GUMBEL_APPROX_NDCG -> new GumbelApproxNdcgLoss();
          case NEURAL_SORT_CROSS_ENTROPY -> new NeuralSortCrossEntropyLoss();
          case GUMBEL_NEURAL_SORT_CROSS_ENTROPY -> new GumbelNeuralSortCrossEntropyLoss();
          case NEURAL_SORT_NDCG -> new NeuralSortNdcgLoss();
          case GUMBEL_NEURAL_SORT_NDCG -> new GumbelNeuralSortNdcgLoss();
          case CIRCLE -> new CircleLoss();
          case CLICK_EM -> new ClickEmLoss();
          case MIXTURE_EM -> new MixtureEmLoss(5);
          case COUPLED_RANKDISTIL -> new CoupledRankDistilLoss();
          case RANK_NET -> new LambdaLoss(LambdaLossScheme.RANK_NET);
          case LAMBDA_RANK -> new LambdaLoss(LambdaLossScheme.LAMBDA_RANK);
          case NDCG_LOSS1 -> new LambdaLoss(LambdaLossScheme.NDCG_LOSS1);
          case NDCG_LOSS2 -> new LambdaLoss(LambdaLossScheme.NDCG_LOSS2);
          case NDCG_LOSS2PP -> new LambdaLoss(LambdaLossScheme.NDCG_LOSS2PP);
          case NEURAL_NDCG -> new NeuralNdcgLoss();
          case IPW_SIGMOID_CROSS_ENTROPY -> new IpwSigmoidCrossEntropyLoss(bias);
          case IPW_PAIRWISE_LOGISTIC -> new IpwPairwiseLogisticLoss(bias);
          case IPW_SOFTMAX -> new IpwSoftmaxLoss(bias);
        };

    assertThat(key.create(required(key))).isEqualTo(expected);
  }

  @Test
  void parametersAreReadFromText() {
    Map<String, String> parameters = Map.of("temperature", "0.5", "sample_size", "3", "seed", "42");

    assertThat(LossKey.GUMBEL_APPROX_NDCG.create(parameters))
        .isEqualTo(new GumbelApproxNdcgLoss(0.5, new GumbelSampler(3, 1, 42L)));
  }

  static Map<String, Object> required(LossKey key) {
    Map<String, Object> parameters = new HashMap<>();
    key.parameters()
        .forEach(
            (name, fallback) -> {
              if (fallback.equals(LossKey.REQUIRED)) {
                parameters.put(name, name.equals("position_bias") ? new PositionBias(1) : 5);
              }
            });
    return parameters;
  }

  @Test
  void nullInConfigurationStandsForTheDefaultThatIsNull() {
    Map<String, String> text = Map.of("topk", "null", "seed", "null");

    assertThat(LossKey.COUPLED_RANKDISTIL.create(text)).isEqualTo(new CoupledRankDistilLoss());
  }
}
