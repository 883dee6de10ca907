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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * @param values under each metric by the name of the configuration; of those that are done
 */
public record QualityTable(
    String data,
    String baseline,
    EvaluationOptions options,
    FoldFiles folds,
    int seeds,
    List<QualityScores> scores,
    Map<String, List<Value>> values) {

  public QualityTable {
    scores = List.copyOf(scores);
    values = Map.copyOf(values);
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
    QualityScores base =
        scores.stream().filter(each -> each.name().equals(baseline)).findFirst().orElseThrow();
    return new QualityTable(
        data,
        baseline,
        options,
        run.folds(),
        run.seeds(),
        scores,
        scores.stream()
            .filter(QualityScores::isDone)
            .collect(Collectors.toMap(QualityScores::name, each -> values(each, base, options))));
  }

  /** Number of queries that are measured. */
  public int queries() {
    return scores.stream().mapToInt(each -> each.queries().size()).max().orElse(0);
  }

  /** What a configuration reaches under the metric of that number; none where it failed. */
  public Optional<Value> value(QualityScores of, int metric) {
    return Optional.ofNullable(values.get(of.name())).map(each -> each.get(metric));
  }

  private static List<Value> values(
      QualityScores of, QualityScores base, EvaluationOptions options) {
    return IntStream.range(0, options.metrics().size())
        .mapToObj(metric -> value(of, base, metric, options))
        .toList();
  }

  private static Value value(
      QualityScores of, QualityScores base, int metric, EvaluationOptions options) {
    MetricSample sample = of.means().get(metric);
    List<Double> byFold = new ArrayList<>();
    int from = 0;
    for (int queries : of.sizes()) {
      int[] fold = IntStream.range(from, from + queries).toArray();
      byFold.add(mean(sample.select(fold), options));
      from += queries;
    }
    boolean compared = base.isDone() && !of.name().equals(base.name());
    return new Value(
        mean(sample, options),
        StandardError.of(sample, options.emptyLists()),
        byFold,
        of.bySeed().stream().map(seed -> mean(seed.get(metric), options)).toList(),
        compared
            ? new PairedTest(options.permutations(), options.seed())
                .compare(base.means().get(metric), sample, options.emptyLists())
            : null);
  }

  private static double mean(MetricSample sample, EvaluationOptions options) {
    return sample.mean().value(options.emptyLists()).orElse(Double.NaN);
  }
}
