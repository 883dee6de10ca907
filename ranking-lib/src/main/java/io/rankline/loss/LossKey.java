package io.rankline.loss;

import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.click.IpwPairwiseLogisticLoss;
import io.rankline.loss.click.IpwSigmoidCrossEntropyLoss;
import io.rankline.loss.click.IpwSoftmaxLoss;
import io.rankline.loss.form.RankingLoss;
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
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.ApproxMrrLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import io.rankline.loss.smooth.NeuralNdcgLoss;
import io.rankline.loss.smooth.NeuralSortCrossEntropyLoss;
import io.rankline.loss.smooth.NeuralSortNdcgLoss;
import io.rankline.text.WireNames;
import java.util.Map;

/** Every loss of this package, by its name in configuration; TF-Ranking's where it has one. */
public enum LossKey {
  PAIRWISE_HINGE("pairwise_hinge_loss", PairwiseHingeLoss.class),
  PAIRWISE_LOGISTIC("pairwise_logistic_loss", PairwiseLogisticLoss.class),
  PAIRWISE_SOFT_ZERO_ONE("pairwise_soft_zero_one_loss", PairwiseSoftZeroOneLoss.class),
  PAIRWISE_MSE("pairwise_mse_loss", PairwiseMseLoss.class),
  YETI_LOGISTIC("yeti_logistic_loss", YetiLogisticLoss.class),
  SOFTMAX("softmax_loss", SoftmaxLoss.class),
  CALIBRATED_SOFTMAX("calibrated_softmax_loss", CalibratedSoftmaxLoss.class),
  POLY_ONE_SOFTMAX("poly_one_softmax_loss", PolyOneSoftmaxLoss.class),
  UNIQUE_SOFTMAX("unique_softmax_loss", UniqueSoftmaxLoss.class),
  SIGMOID_CROSS_ENTROPY("sigmoid_cross_entropy_loss", SigmoidCrossEntropyLoss.class),
  MEAN_SQUARED("mean_squared_loss", MeanSquaredLoss.class),
  ORDINAL("ordinal_loss", OrdinalLoss.class),
  MULTI_CLASS("multi_class_loss", MultiClassLoss.class),
  LIST_MLE("list_mle_loss", ListMleLoss.class),
  APPROX_NDCG("approx_ndcg_loss", ApproxNdcgLoss.class),
  APPROX_MRR("approx_mrr_loss", ApproxMrrLoss.class),
  GUMBEL_APPROX_NDCG("gumbel_approx_ndcg_loss", GumbelApproxNdcgLoss.class),
  NEURAL_SORT_CROSS_ENTROPY("neural_sort_cross_entropy_loss", NeuralSortCrossEntropyLoss.class),
  GUMBEL_NEURAL_SORT_CROSS_ENTROPY(
      "gumbel_neural_sort_cross_entropy_loss", GumbelNeuralSortCrossEntropyLoss.class),
  NEURAL_SORT_NDCG("neural_sort_ndcg_loss", NeuralSortNdcgLoss.class),
  GUMBEL_NEURAL_SORT_NDCG("gumbel_neural_sort_ndcg_loss", GumbelNeuralSortNdcgLoss.class),
  CIRCLE("circle_loss", CircleLoss.class),
  CLICK_EM("click_em_loss", ClickEmLoss.class),
  MIXTURE_EM("mixture_em_loss", MixtureEmLoss.class),
  COUPLED_RANKDISTIL("coupled_rankdistil_loss", CoupledRankDistilLoss.class),
  RANK_NET("rank_net_loss", LambdaLoss.class),
  LAMBDA_RANK("lambda_rank_loss", LambdaLoss.class),
  NDCG_LOSS1("ndcg_loss1", LambdaLoss.class),
  NDCG_LOSS2("ndcg_loss2", LambdaLoss.class),
  NDCG_LOSS2PP("ndcg_loss2pp", LambdaLoss.class),
  NEURAL_NDCG("neural_ndcg_loss", NeuralNdcgLoss.class),
  IPW_SIGMOID_CROSS_ENTROPY("ipw_sigmoid_cross_entropy_loss", IpwSigmoidCrossEntropyLoss.class),
  IPW_PAIRWISE_LOGISTIC("ipw_pairwise_logistic_loss", IpwPairwiseLogisticLoss.class),
  IPW_SOFTMAX("ipw_softmax_loss", IpwSoftmaxLoss.class);

  /** Stands for a value that has no default. */
  static final String REQUIRED = "required";

  private final String wireName;
  private final Class<? extends RankingLoss> type;

  LossKey(String wireName, Class<? extends RankingLoss> type) {
    this.wireName = wireName;
    this.type = type;
  }

  /** The name in configuration. */
  public String wireName() {
    return wireName;
  }

  /** The record of the loss. */
  Class<? extends RankingLoss> type() {
    return type;
  }

  /** Each parameter with its default as text, {@code required} where it has none. */
  public Map<LossParameter, String> parameters() {
    return new LossOptions(this).defaults();
  }

  /**
   * The loss with its defaults.
   *
   * @throws IllegalArgumentException if a parameter has none
   */
  public RankingLoss withDefaults() {
    return create(LossParameters.DEFAULTS);
  }

  /**
   * The loss with some parameters given.
   *
   * @throws IllegalArgumentException if the loss does not take a parameter, needs one that is
   *     missing, or a value is out of range
   */
  public RankingLoss create(LossParameters parameters) {
    return new LossOptions(this).create(parameters);
  }

  /**
   * The key of a name.
   *
   * @throws IllegalArgumentException naming the known ones, nearest first
   */
  public static LossKey ofWireName(String wireName) {
    return WireNames.findNearest(LossKey.class, "loss", LossKey::wireName, wireName);
  }
}
