package io.rankline.spark.cli;

import io.rankline.metric.significance.Bootstrap;
import io.rankline.pipeline.explanation.PermutationImportance;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.ModelImportance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code evaluate} that ask for the importance of features. */
final class ImportanceOptions {

  @Option(
      names = "--importance",
      arity = "0..1",
      paramLabel = "METRIC",
      fallbackValue = "ndcg@10",
      description =
          "Also show which features a model's order depends on: how much of the metric (default:"
              + " ndcg@10) is lost when the values of one are permuted. Values of items are"
              + " permuted among the items of their list, values of the query among lists.")
  private @Nullable String metric;

  @Option(
      names = "--importance-lists",
      paramLabel = "N",
      description =
          "Lists it is measured on, drawn at random; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int lists = ModelImportance.DEFAULT_LISTS;

  @Option(
      names = "--importance-repeats",
      paramLabel = "N",
      description = "Permutations of each feature. Default: ${DEFAULT-VALUE}.")
  private int repeats = PermutationImportance.DEFAULT_REPEATS;

  ImportanceOptions() {}

  /** Whether importance is asked for. */
  boolean isWanted() {
    return metric != null;
  }

  void refuseIdle(IdleOptions idle) {
    for (String option : List.of("--importance-lists", "--importance-repeats")) {
      idle.refuse(option, metric == null, "goes with --importance");
    }
  }

  /** Number of lists that are drawn; 0 for all. */
  int lists() {
    return lists;
  }

  /**
   * What is measured and how; null if nothing is.
   *
   * @throws IllegalArgumentException for values that make no sense
   */
  @Nullable PermutationImportance settings(EvaluationOptions options, MetricOptions metrics) {
    if (metric == null) {
      return null;
    }
    if (lists < 0) {
      throw new IllegalArgumentException(
          "--importance-lists must be 0 (all lists) or more, got " + lists);
    }
    if (repeats < 1) {
      throw new IllegalArgumentException("--importance-repeats must be 1 or more, got " + repeats);
    }
    return new PermutationImportance(
        metrics.metric(metric),
        options.emptyLists(),
        options.ties(),
        repeats,
        options.resamples() == 0
            ? null
            : new Bootstrap(options.resamples(), options.level(), options.seed()),
        options.seed());
  }
}
