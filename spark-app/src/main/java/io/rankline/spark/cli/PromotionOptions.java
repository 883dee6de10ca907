package io.rankline.spark.cli;

import io.rankline.metric.RankingMetric;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.TrainingData;
import io.rankline.spark.promotion.PromotionRule;
import io.rankline.spark.promotion.PromotionTrial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a candidate is compared with the model that serves. */
final class PromotionOptions {

  @Option(
      names = "--format",
      paramLabel = "elwc|eie|seq|libsvm",
      description = "What --data is in. Default: what the candidate was trained on.")
  private @Nullable String format;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      defaultValue = "ndcg@10",
      description = "By which they are compared. Default: ${DEFAULT-VALUE}.")
  private String metric = "ndcg@10";

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "The task that counts, of models of several.")
  private @Nullable String task;

  @Option(
      names = "--slices",
      paramLabel = "FEATURES",
      split = ",",
      description = "Features of the context, each of whose values is judged by itself.")
  private List<String> slices = new ArrayList<>();

  @Option(
      names = "--significance",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Largest p-value of the paired test. Default: ${DEFAULT-VALUE}.")
  private double significance;

  @Option(
      names = "--max-slice-loss",
      paramLabel = "SHARE",
      defaultValue = "0.005",
      description =
          "What a slice may lose at the lower end of its interval, as a share of the serving"
              + " model's metric there. Default: ${DEFAULT-VALUE}.")
  private double maxSliceLoss;

  @Option(
      names = "--min-slice-queries",
      paramLabel = "N",
      defaultValue = "100",
      description = "Slices of fewer queries are judged together. Default: ${DEFAULT-VALUE}.")
  private int minSliceQueries;

  @Option(
      names = "--max-drift",
      paramLabel = "INDEX",
      description =
          "Also stop if a feature's population stability index against the candidate's training"
              + " data is above. Default: only told, above 0.25.")
  private @Nullable Double maxDrift;

  @Option(
      names = "--other-features",
      description = "Let the candidate read features that the serving model does not.")
  private boolean otherFeatures;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Also write the decision there, as decision.json and decision.html.")
  private @Nullable String output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of intervals and test. Default: ${DEFAULT-VALUE}.")
  private long seed;

  PromotionOptions() {}

  /** The folder that gets the decision; empty for none. */
  String output() {
    return output == null ? "" : output;
  }

  /**
   * The comparison that they ask for.
   *
   * @throws IllegalArgumentException for a metric or format that is not there
   */
  PromotionTrial trial(SavedRankingModel candidate, String pattern) {
    RankingMetric by = RankingMetric.parse(metric);
    TrainingData read = TrainingData.of(candidate);
    return new PromotionTrial(
        by,
        task,
        pattern,
        format == null ? read : read.withFormat(format),
        slices,
        new PromotionRule(by.direction(), significance, maxSliceLoss, minSliceQueries, seed),
        otherFeatures,
        maxDrift);
  }
}
