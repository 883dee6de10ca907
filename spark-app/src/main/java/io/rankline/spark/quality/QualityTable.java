package io.rankline.spark.quality;

import io.rankline.metric.evaluation.MetricSample;
import io.rankline.metric.significance.Comparison;
import io.rankline.metric.significance.PairedTest;
import io.rankline.metric.significance.StandardError;
import io.rankline.spark.evaluation.EvaluationOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What configurations reach, each held against a baseline.
 *
 * @param data what they were measured on
 * @param baseline name of the configuration that the others are compared with
 * @param options how they were measured
 * @param folds of the data
 * @param seeds number of trainings on each fold
 * @param scores of each configuration
 */
public record QualityTable(
    String data,
    String baseline,
    EvaluationOptions options,
    FoldFiles folds,
    int seeds,
    List<QualityScores> scores) {

  public QualityTable {
    scores = List.copyOf(scores);
  }

  /**
   * A configuration under a metric.
   *
   * @param mean over all queries and seeds
   * @param standardError of the mean, over queries
   * @param folds the mean on each fold
   * @param seeds the mean with each seed
   * @param difference from the baseline, query by query; null for the baseline itself, and where
   *     that has none
   */
  public record Value(
      double mean,
      double standardError,
      List<Double> folds,
      List<Double> seeds,
      @Nullable Comparison difference) {}

  /**
   * Scores the models of all trainings.
   *
   * @param task of models of several; null for the only one
   */
  public static QualityTable of(
      String data,
      String baseline,
      EvaluationOptions options,
      QualityRun run,
      Map<Contestant, List<QualityRun.Training>> trainings,
      @Nullable String task)
      throws IOException {
    List<QualityScores> scores = new ArrayList<>();
    for (Map.Entry<Contestant, List<QualityRun.Training>> each : trainings.entrySet()) {
      QualityScores of =
          QualityScores.of(each.getKey(), each.getValue(), run.folds(), options, task);
      for (QualityScores other : scores) {
        if (of.isDone() && other.isDone() && !of.queries().equals(other.queries())) {
          throw new IllegalStateException(
              "%s and %s were not measured on the same queries".formatted(other.name(), of.name()));
        }
      }
      scores.add(of);
    }
    return new QualityTable(data, baseline, options, run.folds(), run.seeds(), scores);
  }

  /** Number of queries that are measured. */
  public int queries() {
    return scores.stream().mapToInt(each -> each.queries().size()).max().orElse(0);
  }

  /** What a configuration reaches under the metric of that number; none where it failed. */
  public Optional<Value> value(QualityScores of, int metric) {
    if (!of.isDone()) {
      return Optional.empty();
    }
    MetricSample sample = of.means().get(metric);
    List<Double> byFold = new ArrayList<>();
    int from = 0;
    for (int queries : of.sizes()) {
      byFold.add(mean(sample.select(range(from, from + queries))));
      from += queries;
    }
    List<Double> bySeed = of.bySeed().stream().map(seed -> mean(seed.get(metric))).toList();
    return Optional.of(
        new Value(
            mean(sample),
            StandardError.of(sample, options.emptyLists()),
            byFold,
            bySeed,
            difference(of, metric)));
  }

  private @Nullable Comparison difference(QualityScores of, int metric) {
    QualityScores base =
        scores.stream().filter(each -> each.name().equals(baseline)).findFirst().orElseThrow();
    if (of.equals(base) || !base.isDone()) {
      return null;
    }
    return new PairedTest(options.permutations(), options.seed())
        .compare(base.means().get(metric), of.means().get(metric), options.emptyLists());
  }

  private double mean(MetricSample sample) {
    return sample.mean().value(options.emptyLists()).orElse(Double.NaN);
  }

  private static int[] range(int from, int to) {
    int[] range = new int[to - from];
    for (int i = 0; i < range.length; i++) {
      range[i] = from + i;
    }
    return range;
  }
}
