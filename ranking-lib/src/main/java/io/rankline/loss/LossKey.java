package io.rankline.loss;

import static io.rankline.loss.LossParameter.ALPHA;
import static io.rankline.loss.LossParameter.BETA;
import static io.rankline.loss.LossParameter.EPSILON;
import static io.rankline.loss.LossParameter.EXAM_LOSS_WEIGHT;
import static io.rankline.loss.LossParameter.FROM_LOGITS;
import static io.rankline.loss.LossParameter.GAMMA;
import static io.rankline.loss.LossParameter.LABEL_SMOOTHING;
import static io.rankline.loss.LossParameter.LOG_SCORES;
import static io.rankline.loss.LossParameter.MARGIN;
import static io.rankline.loss.LossParameter.MAX_ITERATIONS;
import static io.rankline.loss.LossParameter.MIN_PROPENSITY;
import static io.rankline.loss.LossParameter.MODELS;
import static io.rankline.loss.LossParameter.NUM_CLASSES;
import static io.rankline.loss.LossParameter.ORDINAL_SIZE;
import static io.rankline.loss.LossParameter.POWERED_RELEVANCIES;
import static io.rankline.loss.LossParameter.REL_LOSS_WEIGHT;
import static io.rankline.loss.LossParameter.SAMPLE_SIZE;
import static io.rankline.loss.LossParameter.TEMPERATURE;
import static io.rankline.loss.LossParameter.TOLERANCE;
import static io.rankline.loss.LossParameter.TOPK;
import static io.rankline.loss.LossParameter.TOPN;
import static io.rankline.loss.LossParameter.USE_FRACTION_LABEL;
import static io.rankline.loss.LossParameter.VIRTUAL_LABEL;

import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.click.IpwPairwiseLogisticLoss;
import io.rankline.loss.click.IpwSigmoidCrossEntropyLoss;
import io.rankline.loss.click.IpwSoftmaxLoss;
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
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Every loss of this package, by its name in configuration; TF-Ranking's where it has one. */
public enum LossKey {
  PAIRWISE_HINGE("pairwise_hinge_loss", "temperature=1.0 lambda_weight=null"),
  PAIRWISE_LOGISTIC("pairwise_logistic_loss", "temperature=1.0 lambda_weight=null"),
  PAIRWISE_SOFT_ZERO_ONE("pairwise_soft_zero_one_loss", "temperature=1.0 lambda_weight=null"),
  PAIRWISE_MSE("pairwise_mse_loss", "temperature=1.0 lambda_weight=null"),
  YETI_LOGISTIC(
      "yeti_logistic_loss",
      "temperature=1.0 lambda_weight=yeti_dcg sample_size=8 gumbel_temperature=1.0 seed=null"),
  SOFTMAX("softmax_loss", "temperature=1.0 lambda_weight=null"),
  CALIBRATED_SOFTMAX(
      "calibrated_softmax_loss", "virtual_label=0.0 temperature=1.0 lambda_weight=null"),
  POLY_ONE_SOFTMAX("poly_one_softmax_loss", "epsilon=1.0 temperature=1.0 lambda_weight=null"),
  UNIQUE_SOFTMAX("unique_softmax_loss", "temperature=1.0"),
  SIGMOID_CROSS_ENTROPY("sigmoid_cross_entropy_loss", "temperature=1.0"),
  MEAN_SQUARED("mean_squared_loss", ""),
  ORDINAL("ordinal_loss", "ordinal_size=1 use_fraction_label=false temperature=1.0"),
  MULTI_CLASS(
      "multi_class_loss",
      "num_classes=required from_logits=false label_smoothing=0.0 temperature=1.0"),
  LIST_MLE("list_mle_loss", "temperature=1.0 lambda_weight=null"),
  APPROX_NDCG("approx_ndcg_loss", "temperature=0.1"),
  APPROX_MRR("approx_mrr_loss", "temperature=0.1"),
  GUMBEL_APPROX_NDCG(
      "gumbel_approx_ndcg_loss", "temperature=0.1 sample_size=8 gumbel_temperature=1.0 seed=null"),
  NEURAL_SORT_CROSS_ENTROPY("neural_sort_cross_entropy_loss", "temperature=1.0"),
  GUMBEL_NEURAL_SORT_CROSS_ENTROPY(
      "gumbel_neural_sort_cross_entropy_loss",
      "temperature=1.0 sample_size=8 gumbel_temperature=1.0 seed=null"),
  NEURAL_SORT_NDCG("neural_sort_ndcg_loss", "temperature=1.0"),
  GUMBEL_NEURAL_SORT_NDCG(
      "gumbel_neural_sort_ndcg_loss",
      "temperature=1.0 sample_size=8 gumbel_temperature=1.0 seed=null"),
  CIRCLE("circle_loss", "gamma=64.0 margin=0.25"),
  CLICK_EM("click_em_loss", "exam_loss_weight=1.0 rel_loss_weight=1.0 temperature=1.0"),
  MIXTURE_EM("mixture_em_loss", "models=required alpha=1.0"),
  COUPLED_RANKDISTIL(
      "coupled_rankdistil_loss", "sample_size=8 topk=null temperature=1.0 seed=null"),
  RANK_NET("rank_net_loss", "sigma=1.0 topn=null"),
  LAMBDA_RANK("lambda_rank_loss", "sigma=1.0 topn=null"),
  NDCG_LOSS1("ndcg_loss1", "sigma=1.0 topn=null"),
  NDCG_LOSS2("ndcg_loss2", "sigma=1.0 topn=null"),
  NDCG_LOSS2PP("ndcg_loss2pp", "sigma=1.0 mu=10.0 topn=null"),
  NEURAL_NDCG(
      "neural_ndcg_loss",
      "temperature=1.0 topn=null powered_relevancies=true sample_size=0 beta=0.1 log_scores=true"
          + " seed=null max_iterations=50 tolerance=1.0E-6"),
  IPW_SIGMOID_CROSS_ENTROPY(
      "ipw_sigmoid_cross_entropy_loss",
      "position_bias=required min_propensity=0.01 temperature=1.0"),
  IPW_PAIRWISE_LOGISTIC(
      "ipw_pairwise_logistic_loss",
      "position_bias=required min_propensity=0.01 temperature=1.0 lambda_weight=null"),
  IPW_SOFTMAX("ipw_softmax_loss", "position_bias=required min_propensity=0.01 temperature=1.0");

  /** Stands for a value that has no default. */
  static final String REQUIRED = "required";

  private final String wireName;

  /** Parameters and their defaults: {@code name=value}, separated by spaces. */
  private final String defaults;

  LossKey(String wireName, String defaults) {
    this.wireName = wireName;
    this.defaults = defaults;
  }

  /** The name in configuration. */
  public String wireName() {
    return wireName;
  }

  /** Each parameter with its default as text, {@code required} where it has none. */
  public Map<LossParameter, String> parameters() {
    Map<LossParameter, String> parameters = new TreeMap<>();
    if (!defaults.isEmpty()) {
      for (String parameter : defaults.split(" ", -1)) {
        int equals = parameter.indexOf('=');
        parameters.put(
            LossParameters.ofWireName(parameter.substring(0, equals)),
            parameter.substring(equals + 1));
      }
    }
    return Collections.unmodifiableMap(parameters);
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
    ResolvedParameters p = new ResolvedParameters(this, parameters);
    return switch (this) {
      case PAIRWISE_HINGE -> new PairwiseHingeLoss(p.real(TEMPERATURE), p.pairLambda());
      case PAIRWISE_LOGISTIC -> new PairwiseLogisticLoss(p.real(TEMPERATURE), p.pairLambda());
      case PAIRWISE_SOFT_ZERO_ONE ->
          new PairwiseSoftZeroOneLoss(p.real(TEMPERATURE), p.pairLambda());
      case PAIRWISE_MSE -> new PairwiseMseLoss(p.real(TEMPERATURE), p.pairLambda());
      case YETI_LOGISTIC -> new YetiLogisticLoss(p.real(TEMPERATURE), p.pairLambda(), p.sampler());
      case SOFTMAX -> new SoftmaxLoss(p.real(TEMPERATURE), p.itemLambda());
      case CALIBRATED_SOFTMAX ->
          new CalibratedSoftmaxLoss(p.real(VIRTUAL_LABEL), p.real(TEMPERATURE), p.itemLambda());
      case POLY_ONE_SOFTMAX ->
          new PolyOneSoftmaxLoss(p.real(EPSILON), p.real(TEMPERATURE), p.itemLambda());
      case UNIQUE_SOFTMAX -> new UniqueSoftmaxLoss(p.real(TEMPERATURE));
      case SIGMOID_CROSS_ENTROPY -> new SigmoidCrossEntropyLoss(p.real(TEMPERATURE));
      case MEAN_SQUARED -> new MeanSquaredLoss();
      case ORDINAL ->
          new OrdinalLoss(p.whole(ORDINAL_SIZE), p.flag(USE_FRACTION_LABEL), p.real(TEMPERATURE));
      case MULTI_CLASS ->
          new MultiClassLoss(
              p.whole(NUM_CLASSES),
              p.flag(FROM_LOGITS),
              p.real(LABEL_SMOOTHING),
              p.real(TEMPERATURE));
      case LIST_MLE -> new ListMleLoss(p.real(TEMPERATURE), p.positionLambda());
      case APPROX_NDCG -> new ApproxNdcgLoss(p.real(TEMPERATURE));
      case APPROX_MRR -> new ApproxMrrLoss(p.real(TEMPERATURE));
      case GUMBEL_APPROX_NDCG -> new GumbelApproxNdcgLoss(p.real(TEMPERATURE), p.sampler());
      case NEURAL_SORT_CROSS_ENTROPY -> new NeuralSortCrossEntropyLoss(p.real(TEMPERATURE));
      case GUMBEL_NEURAL_SORT_CROSS_ENTROPY ->
          new GumbelNeuralSortCrossEntropyLoss(p.real(TEMPERATURE), p.sampler());
      case NEURAL_SORT_NDCG -> new NeuralSortNdcgLoss(p.real(TEMPERATURE));
      case GUMBEL_NEURAL_SORT_NDCG ->
          new GumbelNeuralSortNdcgLoss(p.real(TEMPERATURE), p.sampler());
      case CIRCLE -> new CircleLoss(p.real(GAMMA), p.real(MARGIN));
      case CLICK_EM ->
          new ClickEmLoss(p.real(EXAM_LOSS_WEIGHT), p.real(REL_LOSS_WEIGHT), p.real(TEMPERATURE));
      case MIXTURE_EM -> new MixtureEmLoss(p.whole(MODELS), p.real(ALPHA));
      case COUPLED_RANKDISTIL ->
          new CoupledRankDistilLoss(
              p.whole(SAMPLE_SIZE), p.limit(TOPK), p.real(TEMPERATURE), p.seed());
      case RANK_NET -> p.lambdaLoss(LambdaLossScheme.RANK_NET);
      case LAMBDA_RANK -> p.lambdaLoss(LambdaLossScheme.LAMBDA_RANK);
      case NDCG_LOSS1 -> p.lambdaLoss(LambdaLossScheme.NDCG_LOSS1);
      case NDCG_LOSS2 -> p.lambdaLoss(LambdaLossScheme.NDCG_LOSS2);
      case NDCG_LOSS2PP -> p.lambdaLoss(LambdaLossScheme.NDCG_LOSS2PP);
      case NEURAL_NDCG ->
          new NeuralNdcgLoss(
              p.real(TEMPERATURE),
              p.limit(TOPN),
              p.flag(POWERED_RELEVANCIES),
              p.whole(SAMPLE_SIZE),
              p.real(BETA),
              p.flag(LOG_SCORES),
              p.seed(),
              p.whole(MAX_ITERATIONS),
              p.real(TOLERANCE));
      case IPW_SIGMOID_CROSS_ENTROPY ->
          new IpwSigmoidCrossEntropyLoss(p.bias(), p.real(MIN_PROPENSITY), p.real(TEMPERATURE));
      case IPW_PAIRWISE_LOGISTIC ->
          new IpwPairwiseLogisticLoss(
              p.bias(), p.real(MIN_PROPENSITY), p.real(TEMPERATURE), p.pairLambda());
      case IPW_SOFTMAX -> new IpwSoftmaxLoss(p.bias(), p.real(MIN_PROPENSITY), p.real(TEMPERATURE));
    };
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
