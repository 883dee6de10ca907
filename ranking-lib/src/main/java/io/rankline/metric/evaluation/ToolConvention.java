package io.rankline.metric.evaluation;

import io.rankline.data.TieOrder;
import io.rankline.metric.MetricConvention;
import io.rankline.metric.PrecisionMetric;
import io.rankline.metric.RankingMetric;
import io.rankline.text.WireNames;
import java.util.List;

/**
 * How other tools compute the metrics that they share with this library, unless they are told
 * otherwise. With these settings the numbers are theirs.
 */
public enum ToolConvention {
  LIGHTGBM("lightgbm", EmptyLists.AS_ONE, Ties.FILE, "ndcg", "map(denominator=cut,relevant=>0.5)"),
  /** {@code precision} is its {@code pre}, under which a list without relevant items counts 0. */
  XGBOOST(
      "xgboost",
      EmptyLists.AS_ONE,
      Ties.FILE,
      "ndcg",
      "map(denominator=cut)",
      "precision(denominator=items)"),
  /** {@code ndcg_score} and {@code dcg_score}. */
  SKLEARN(
      "sklearn",
      EmptyLists.AS_ZERO,
      Ties.AVERAGE,
      "ndcg(gain=identity,ties=average)",
      "dcg(gain=identity,ties=average)"),
  /** Of equal scores only its NDCG takes the mean; the order of the others is arbitrary. */
  TORCHMETRICS(
      "torchmetrics",
      EmptyLists.AS_ZERO,
      Ties.FILE,
      "ndcg(gain=identity,ties=average)",
      "map(denominator=hits)",
      "mrr",
      "precision(denominator=cut)",
      "recall",
      "hits"),
  /** MLlib's {@code RankingMetrics}; its NDCG with relevances that are listed best first. */
  SPARK(
      "spark",
      EmptyLists.AS_ZERO,
      Ties.FILE,
      "ndcg(gain=exponential)",
      "map(denominator=cut)",
      "precision(denominator=cut)",
      "recall"),
  /** {@code mrr} is its {@code RR}, {@code precision} its {@code P}; its MAP has no cut-off. */
  RANKLIB(
      "ranklib",
      EmptyLists.AS_ZERO,
      Ties.FILE,
      "ndcg(gain=exponential)",
      "dcg(gain=exponential)",
      "map(topn=all,relevant=>0)",
      "mrr(relevant=>0)",
      "precision(denominator=items,relevant=>0)"),
  TF_RANKING(
      "tf-ranking",
      EmptyLists.AS_ZERO,
      Ties.RANDOM,
      "mrr",
      "hits",
      "arp",
      "precision(denominator=items)",
      "recall",
      "map(denominator=relevant)",
      "dcg",
      "ndcg",
      "ordered_pair_accuracy",
      "alpha_dcg",
      "precision_ia",
      "bpref",
      "pwa");

  /** What becomes of items of equal score. */
  public enum Ties {
    FILE("file"),
    RANDOM("random"),
    AVERAGE("average");

    private final String wireName;

    Ties(String wireName) {
      this.wireName = wireName;
    }

    /** The name on the command line. */
    public String wireName() {
      return wireName;
    }

    /**
     * The choice of that name.
     *
     * @throws IllegalArgumentException listing the known ones
     */
    public static Ties ofWireName(String wireName) {
      return WireNames.findNearest(Ties.class, "order of ties", Ties::wireName, wireName);
    }

    /** The order in which they are ranked, which is of no importance to a mean over all orders. */
    public TieOrder order(long seed) {
      return this == RANDOM ? TieOrder.random(seed) : TieOrder.AS_GIVEN;
    }
  }

  private final String wireName;
  private final EmptyLists emptyLists;
  private final Ties ties;

  /** Keys and fixed parameters, between blanks. */
  private final String metrics;

  ToolConvention(String wireName, EmptyLists emptyLists, Ties ties, String... metrics) {
    this.wireName = wireName;
    this.emptyLists = emptyLists;
    this.ties = ties;
    this.metrics = String.join(" ", metrics);
  }

  /** The name on the command line. */
  public String wireName() {
    return wireName;
  }

  /** The names of all tools. */
  public static List<String> wireNames() {
    return WireNames.names(ToolConvention.class, ToolConvention::wireName);
  }

  /**
   * The tool of that name.
   *
   * @throws IllegalArgumentException listing the known ones
   */
  public static ToolConvention ofWireName(String wireName) {
    return WireNames.findNearest(ToolConvention.class, "tool", ToolConvention::wireName, wireName);
  }

  /** The metrics that it has. */
  public MetricConvention metrics() {
    return MetricConvention.of(wireName, metrics.split(" ", -1));
  }

  /** What it does with items of equal score; its own seed is not known. */
  public Ties ties() {
    return ties;
  }

  /**
   * How it counts lists without relevant items.
   *
   * @throws IllegalArgumentException if it counts them differently under these metrics
   */
  public EmptyLists emptyLists(List<RankingMetric> asked) {
    long asZero =
        this == XGBOOST ? asked.stream().filter(PrecisionMetric.class::isInstance).count() : 0;
    if (asZero > 0 && asZero < asked.size()) {
      throw new IllegalArgumentException(
          "xgboost counts lists without relevant items as 0 under precision, and as 1 under ndcg"
              + " and map; evaluate precision by itself");
    }
    return asZero > 0 ? EmptyLists.AS_ZERO : emptyLists;
  }
}
