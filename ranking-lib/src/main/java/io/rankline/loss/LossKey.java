package io.rankline.loss;

import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.click.IpwPairwiseLogisticLoss;
import io.rankline.loss.click.IpwSigmoidCrossEntropyLoss;
import io.rankline.loss.click.IpwSoftmaxLoss;
import io.rankline.loss.form.LossName;
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
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.ApproxMrrLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import io.rankline.loss.smooth.NeuralNdcgLoss;
import io.rankline.loss.smooth.NeuralSortCrossEntropyLoss;
import io.rankline.loss.smooth.NeuralSortNdcgLoss;
import io.rankline.text.OptionSpec;
import io.rankline.text.WireNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every loss of this package; its record has its name in configuration and its parameters. */
public enum LossKey {
  PAIRWISE_HINGE(PairwiseHingeLoss.class),
  PAIRWISE_LOGISTIC(PairwiseLogisticLoss.class),
  PAIRWISE_SOFT_ZERO_ONE(PairwiseSoftZeroOneLoss.class),
  PAIRWISE_MSE(PairwiseMseLoss.class),
  YETI_LOGISTIC(YetiLogisticLoss.class),
  SOFTMAX(SoftmaxLoss.class),
  CALIBRATED_SOFTMAX(CalibratedSoftmaxLoss.class),
  POLY_ONE_SOFTMAX(PolyOneSoftmaxLoss.class),
  UNIQUE_SOFTMAX(UniqueSoftmaxLoss.class),
  SIGMOID_CROSS_ENTROPY(SigmoidCrossEntropyLoss.class),
  MEAN_SQUARED(MeanSquaredLoss.class),
  ORDINAL(OrdinalLoss.class),
  MULTI_CLASS(MultiClassLoss.class),
  LIST_MLE(ListMleLoss.class),
  APPROX_NDCG(ApproxNdcgLoss.class),
  APPROX_MRR(ApproxMrrLoss.class),
  GUMBEL_APPROX_NDCG(GumbelApproxNdcgLoss.class),
  NEURAL_SORT_CROSS_ENTROPY(NeuralSortCrossEntropyLoss.class),
  GUMBEL_NEURAL_SORT_CROSS_ENTROPY(GumbelNeuralSortCrossEntropyLoss.class),
  NEURAL_SORT_NDCG(NeuralSortNdcgLoss.class),
  GUMBEL_NEURAL_SORT_NDCG(GumbelNeuralSortNdcgLoss.class),
  CIRCLE(CircleLoss.class),
  CLICK_EM(ClickEmLoss.class),
  MIXTURE_EM(MixtureEmLoss.class),
  COUPLED_RANKDISTIL(CoupledRankDistilLoss.class),
  RANK_NET(LambdaLossScheme.RANK_NET),
  LAMBDA_RANK(LambdaLossScheme.LAMBDA_RANK),
  NDCG_LOSS1(LambdaLossScheme.NDCG_LOSS1),
  NDCG_LOSS2(LambdaLossScheme.NDCG_LOSS2),
  NDCG_LOSS2PP(LambdaLossScheme.NDCG_LOSS2PP),
  NEURAL_NDCG(NeuralNdcgLoss.class),
  IPW_SIGMOID_CROSS_ENTROPY(IpwSigmoidCrossEntropyLoss.class),
  IPW_PAIRWISE_LOGISTIC(IpwPairwiseLogisticLoss.class),
  IPW_SOFTMAX(IpwSoftmaxLoss.class);

  /** Stands for a value that has no default. */
  static final String REQUIRED = "required";

  private final String wireName;
  private final Class<? extends RankingLoss> type;
  private final @Nullable LambdaLossScheme scheme;

  LossKey(Class<? extends RankingLoss> type) {
    this.wireName = Objects.requireNonNull(type.getAnnotation(LossName.class)).value();
    this.type = type;
    this.scheme = null;
  }

  LossKey(LambdaLossScheme scheme) {
    this.wireName = scheme.lossName();
    this.type = LambdaLoss.class;
    this.scheme = scheme;
  }

  /** The name in configuration. */
  public String wireName() {
    return wireName;
  }

  /** The record of the loss. */
  Class<? extends RankingLoss> type() {
    return type;
  }

  /** The scheme of LambdaLoss; null for other losses. */
  @Nullable LambdaLossScheme scheme() {
    return scheme;
  }

  /** The parameters, by key. */
  public List<OptionSpec> options() {
    return new LossOptions(this).options();
  }

  /** Each parameter's key with its default as text, {@code required} where it has none. */
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>();
    for (OptionSpec option : options()) {
      String said = option.shownFallback();
      defaults.put(option.key(), said == null ? REQUIRED : said.isEmpty() ? "null" : said);
    }
    return defaults;
  }

  /**
   * The loss with its defaults.
   *
   * @throws IllegalArgumentException if a parameter has none
   */
  public RankingLoss withDefaults() {
    return create(Map.of());
  }

  /**
   * The loss with some parameters given, {@code "sample_size" -> 16}; the others have their
   * defaults.
   *
   * @param parameters numbers and flags, or the same as text; lambda weights and position bias as
   *     objects. The text {@code null} stands for the default where that is null
   * @throws IllegalArgumentException if the loss does not take a parameter, needs one that is
   *     missing, or a value is out of range
   */
  public RankingLoss create(Map<String, ?> parameters) {
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
