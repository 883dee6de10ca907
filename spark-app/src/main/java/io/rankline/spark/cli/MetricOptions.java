package io.rankline.spark.cli;

import io.rankline.data.TieOrder;
import io.rankline.metric.MetricKey;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.TiesAveraged;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.ToolConvention;
import io.rankline.metric.evaluation.ToolConvention.Ties;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.PairedTest;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.PValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code evaluate} that say what is computed, and how. */
final class MetricOptions {

  /** Where nothing else is asked for; of a tool, those of them that it has. */
  private static final String DEFAULT_METRICS = "ndcg@1,ndcg@5,ndcg@10,ndcg,map,mrr";

  private static final String TWO = "goes with two rankers: say --compare FILE, or --model twice";

  @Option(
      names = {"-m", "--metrics"},
      paramLabel = "METRICS",
      description = "Metrics with commas between them. Default: " + DEFAULT_METRICS + ".")
  private @Nullable String metrics;

  @Option(
      names = "--like",
      paramLabel = "TOOL",
      description =
          "Print the numbers of lightgbm, xgboost, sklearn, torchmetrics, spark, ranklib or"
              + " tf-ranking: sets parameters of metrics, --empty-lists and --ties as they are"
              + " there.")
  private @Nullable String like;

  @Option(
      names = "--empty-lists",
      paramLabel = "zero|skip|one",
      description =
          "How a query without relevant items counts: as 0 (TF-Ranking, scikit-learn), not at all "
              + "(most papers), or as 1 (LightGBM, allRank, XGBoost). Default: zero.")
  private @Nullable EmptyListsChoice emptyLists;

  @Option(
      names = "--ties",
      paramLabel = "file|random|average",
      description =
          "Rank items of equal score in the order of the file, at random, or take the mean over all"
              + " their orders (scikit-learn, torchmetrics' NDCG). Default: file.")
  private @Nullable String ties;

  @Option(
      names = "--test",
      paramLabel = "permutation|t",
      defaultValue = "permutation",
      description =
          "Paired test whose p-value the table shows; JSON has both. Default: ${DEFAULT-VALUE}.")
  private TestChoice test = TestChoice.permutation;

  @Option(
      names = "--confidence",
      paramLabel = "LEVEL",
      defaultValue = "0.95",
      description = "Level of the bootstrap intervals. Default: ${DEFAULT-VALUE}.")
  private double confidence = Bootstrap.DEFAULT_LEVEL;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "" + Bootstrap.DEFAULT_RESAMPLES,
      description = "Bootstrap draws; 0 for no intervals. Default: ${DEFAULT-VALUE}.")
  private int resamples = Bootstrap.DEFAULT_RESAMPLES;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      defaultValue = "" + PairedTest.DEFAULT_PERMUTATIONS,
      description = "Swaps that the permutation test draws. Default: ${DEFAULT-VALUE}.")
  private int permutations = PairedTest.DEFAULT_PERMUTATIONS;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of intervals, test and random ties. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** Choices of {@code --empty-lists}. */
  enum EmptyListsChoice {
    zero(EmptyLists.AS_ZERO),
    skip(EmptyLists.SKIP),
    one(EmptyLists.AS_ONE);

    private final EmptyLists rule;

    EmptyListsChoice(EmptyLists rule) {
      this.rule = rule;
    }

    EmptyLists rule() {
      return rule;
    }

    static EmptyListsChoice of(EmptyLists rule) {
      return Stream.of(values()).filter(choice -> choice.rule == rule).findFirst().orElseThrow();
    }
  }

  /** Choices of {@code --test}. */
  enum TestChoice {
    permutation(PValue.PERMUTATION),
    t(PValue.T);

    private final PValue shown;

    TestChoice(PValue shown) {
      this.shown = shown;
    }
  }

  MetricOptions() {}

  /**
   * What to evaluate and how.
   *
   * @throws IllegalArgumentException for values that make no sense, or that contradict --like
   */
  EvaluationOptions options() {
    ToolConvention tool = tool();
    List<RankingMetric> asked = asked(tool);
    EmptyLists empties = emptyLists == null ? EmptyLists.AS_ZERO : emptyLists.rule;
    TieOrder order = ties().order(seed);
    if (tool != null) {
      empties = tool.emptyLists(asked);
      order = tool.ties().order(seed);
      requireAsTool("--empty-lists", EmptyListsChoice.of(empties), emptyLists);
      requireAsTool("--ties", tool.ties().wireName(), ties);
    }
    return new EvaluationOptions(asked, empties, order, resamples, confidence, permutations, seed);
  }

  /**
   * One metric as all are computed here.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  RankingMetric metric(String text) {
    ToolConvention tool = tool();
    RankingMetric metric =
        tool == null ? RankingMetric.parse(text) : RankingMetric.parse(text, tool.metrics());
    return ties() == Ties.AVERAGE ? TiesAveraged.of(metric) : metric;
  }

  /** What --like has set, in words; empty without it. */
  String likeInWords(EvaluationOptions options) {
    ToolConvention tool = tool();
    return tool == null
        ? ""
        : "Like %s: --metrics \"%s\" --empty-lists %s --ties %s."
            .formatted(
                tool.wireName(),
                options.metrics().stream()
                    .map(RankingMetric::name)
                    .collect(Collectors.joining(",")),
                EmptyListsChoice.of(options.emptyLists()),
                tool.ties().wireName());
  }

  private Ties ties() {
    return ties == null ? Ties.FILE : Ties.ofWireName(ties);
  }

  private @Nullable ToolConvention tool() {
    return like == null ? null : ToolConvention.ofWireName(like);
  }

  private List<RankingMetric> asked(@Nullable ToolConvention tool) {
    String text = metrics == null ? DEFAULT_METRICS : metrics;
    if (tool == null) {
      List<RankingMetric> asked = RankingMetric.parseAll(text);
      return ties() == Ties.AVERAGE
          ? asked.stream().<RankingMetric>map(TiesAveraged::of).toList()
          : asked;
    }
    if (metrics == null) {
      text =
          Stream.of(DEFAULT_METRICS.split(",", -1))
              .filter(
                  metric -> tool.metrics().has(MetricKey.ofWireName(metric.replaceAll("@.*", ""))))
              .collect(Collectors.joining(","));
    }
    return RankingMetric.parseAll(text, tool.metrics());
  }

  private void requireAsTool(String option, Object set, @Nullable Object said) {
    if (said != null && !said.equals(set)) {
      throw new IllegalArgumentException(
          "--like %s sets %s %s, got %s; leave one of them out".formatted(like, option, set, said));
    }
  }

  /**
   * Refuses options of draws that are not made.
   *
   * @param two whether two rankers are compared
   * @param json whether both tests are written
   * @param importance whether lists and values are drawn for it
   */
  void refuseIdle(
      IdleOptions idle, EvaluationOptions options, boolean two, boolean json, boolean importance) {
    boolean drawn = two && (json || test == TestChoice.permutation);
    boolean intervals = options.resamples() > 0;
    idle.refuse("--test", !two, TWO)
        .refuse("--permutations", !two, TWO)
        .refuse("--permutations", two && !drawn, "goes with --test permutation, or with --json")
        .refuse(
            "--confidence", !intervals, "is the level of intervals; --resamples must be above 0")
        .refuse(
            "--seed",
            !drawn && !intervals && !importance && !options.ties().isRandom(),
            "is for intervals, the permutation test, --ties random and --importance; none is asked"
                + " for");
  }

  /** The p-value that is shown. */
  PValue pValue() {
    return test.shown;
  }
}
