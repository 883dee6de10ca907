package io.rankline.spark.cli;

import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.PairedTest;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.PValue;
import picocli.CommandLine.Option;

/** Options of {@code evaluate} that say what is computed, and how. */
final class MetricOptions {

  @Option(
      names = {"-m", "--metrics"},
      paramLabel = "METRICS",
      defaultValue = "ndcg@1,ndcg@5,ndcg@10,ndcg,map,mrr",
      description = "Metrics with commas between them. Default: ${DEFAULT-VALUE}.")
  private String metrics = "";

  @Option(
      names = "--empty-lists",
      paramLabel = "zero|skip|one",
      defaultValue = "zero",
      description =
          "How a query without relevant items counts: as 0 (TF-Ranking, scikit-learn), not at all "
              + "(most papers), or as 1 (LightGBM, allRank, XGBoost). Default: ${DEFAULT-VALUE}.")
  private EmptyListsChoice emptyLists = EmptyListsChoice.zero;

  @Option(
      names = "--ties",
      paramLabel = "file|random",
      defaultValue = "file",
      description =
          "Rank items of equal score in the order of the file, or at random. Default: "
              + "${DEFAULT-VALUE}.")
  private TiesChoice ties = TiesChoice.file;

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
  }

  /** Choices of {@code --ties}. */
  enum TiesChoice {
    file,
    random
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
   * @throws IllegalArgumentException for values that make no sense
   */
  EvaluationOptions options() {
    return new EvaluationOptions(
        RankingMetric.parseAll(metrics),
        emptyLists.rule,
        ties == TiesChoice.file ? TieOrder.AS_GIVEN : TieOrder.random(seed),
        resamples,
        confidence,
        permutations,
        seed);
  }

  /** The p-value that is shown. */
  PValue pValue() {
    return test.shown;
  }
}
