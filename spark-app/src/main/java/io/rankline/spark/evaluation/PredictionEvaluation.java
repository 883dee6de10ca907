package io.rankline.spark.evaluation;

import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.Comparison;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.metric.significance.PairedTest;
import io.rankline.pipeline.explanation.Contest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates predictions, of one ranker or of two on the same queries.
 *
 * @param metrics one report a metric, in the order asked for
 * @param queries number of lists evaluated: with two rankers, those that both have
 * @param onlyInFirst number of lists that the second ranker does not have
 * @param onlyInSecond number of lists that the first ranker does not have
 * @param tiedQueries number of lists, in either ranking, whose ties can change a metric
 * @param differentLabels number of common lists whose labels, taken as a bag, are not the same
 * @param values of each list
 * @param judged what the labels of each ranker's rows were
 */
public record PredictionEvaluation(
    List<MetricReport> metrics,
    int queries,
    int onlyInFirst,
    int onlyInSecond,
    int tiedQueries,
    int differentLabels,
    QueryValues values,
    List<JudgedRows> judged) {

  public PredictionEvaluation {
    metrics = List.copyOf(metrics);
    judged = List.copyOf(judged);
  }

  /** Evaluates one ranker. */
  public static PredictionEvaluation of(Predictions predictions, EvaluationOptions options) {
    int[] all = IntStream.range(0, predictions.size()).toArray();
    Evaluator evaluator = new Evaluator(options.metrics(), options.ties());
    BitSet tied = new BitSet();
    List<MetricSample> samples = sample(evaluator, predictions, all, tied);
    List<Optional<ConfidenceInterval>> intervals = intervals(samples, options);
    List<MetricReport> reports = new ArrayList<>();
    for (int m = 0; m < samples.size(); m++) {
      reports.add(
          new MetricReport(
              options.metrics().get(m).name(),
              samples.get(m).mean(),
              orNull(intervals.get(m)),
              null));
    }
    return new PredictionEvaluation(
        reports,
        all.length,
        0,
        0,
        tied.cardinality(),
        0,
        QueryValues.of(predictions, all, samples, List.of()),
        List.of(predictions.judged()));
  }

  /**
   * Compares two rankers on the queries that both have.
   *
   * @throws PredictionFileException if they have none in common
   */
  public static PredictionEvaluation compare(
      Predictions first, Predictions second, EvaluationOptions options) {
    Map<String, Integer> inSecond = second.positions();
    int[] fromFirst =
        IntStream.range(0, first.size())
            .filter(i -> inSecond.containsKey(first.place(i)))
            .toArray();
    if (fromFirst.length == 0) {
      throw new PredictionFileException(
          "%s and %s have no query in common; the first queries are '%s' and '%s'"
              .formatted(first.source(), second.source(), first.place(0), second.place(0)));
    }
    int[] fromSecond =
        IntStream.of(fromFirst).map(i -> inSecond.getOrDefault(first.place(i), -1)).toArray();

    Evaluator evaluator = new Evaluator(options.metrics(), options.ties());
    BitSet tied = new BitSet();
    List<MetricSample> baseline = sample(evaluator, first, fromFirst, tied);
    List<MetricSample> other = sample(evaluator, second, fromSecond, tied);
    List<MetricSample> both = new ArrayList<>(baseline);
    both.addAll(other);
    List<Optional<ConfidenceInterval>> intervals = intervals(both, options);
    List<Optional<ConfidenceInterval>> differences =
        options.resamples() == 0
            ? Collections.nCopies(baseline.size(), Optional.empty())
            : bootstrap(options).differences(baseline, other, options.emptyLists());
    PairedTest test = new PairedTest(options.permutations(), options.seed());
    List<Comparison> comparisons =
        IntStream.range(0, baseline.size())
            .parallel()
            .mapToObj(m -> test.compare(baseline.get(m), other.get(m), options.emptyLists()))
            .toList();

    List<MetricReport> reports = new ArrayList<>();
    for (int m = 0; m < baseline.size(); m++) {
      reports.add(
          new MetricReport(
              options.metrics().get(m).name(),
              baseline.get(m).mean(),
              orNull(intervals.get(m)),
              new MetricReport.Compared(
                  other.get(m).mean(),
                  orNull(intervals.get(baseline.size() + m)),
                  orNull(differences.get(m)),
                  comparisons.get(m),
                  Contest.of(
                      options.metrics().get(m), first.source(), other.get(m), baseline.get(m)))));
    }
    return new PredictionEvaluation(
        reports,
        fromFirst.length,
        first.size() - fromFirst.length,
        second.size() - fromFirst.length,
        tied.cardinality(),
        differentLabels(first, fromFirst, second, fromSecond),
        QueryValues.of(first, fromFirst, baseline, other),
        List.of(first.judged(), second.judged()));
  }

  /** Evaluates some lists, and marks in {@code tied} those whose ties can change a metric. */
  private static List<MetricSample> sample(
      Evaluator evaluator, Predictions predictions, int[] lists, BitSet tied) {
    List<MetricSample.Builder> samples = new ArrayList<>();
    evaluator.metrics().forEach(metric -> samples.add(new MetricSample.Builder()));
    for (int i = 0; i < lists.length; i++) {
      int list = lists[i];
      long tiedBefore = evaluator.tiedLists();
      try {
        evaluator.add(predictions.list(list), samples);
      } catch (IllegalArgumentException e) {
        throw new PredictionFileException(
            "%s: query '%s': %s"
                .formatted(predictions.source(), predictions.place(list), e.getMessage()),
            e);
      }
      if (evaluator.tiedLists() > tiedBefore) {
        tied.set(i);
      }
    }
    return samples.stream().map(MetricSample.Builder::build).toList();
  }

  private static List<Optional<ConfidenceInterval>> intervals(
      List<MetricSample> samples, EvaluationOptions options) {
    return options.resamples() == 0
        ? Collections.nCopies(samples.size(), Optional.empty())
        : bootstrap(options).intervals(samples, options.emptyLists());
  }

  private static Bootstrap bootstrap(EvaluationOptions options) {
    return new Bootstrap(options.resamples(), options.level(), options.seed());
  }

  private static int differentLabels(
      Predictions first, int[] fromFirst, Predictions second, int[] fromSecond) {
    int different = 0;
    for (int i = 0; i < fromFirst.length; i++) {
      double[] labels = first.list(fromFirst[i]).labels();
      double[] others = second.list(fromSecond[i]).labels();
      Arrays.sort(labels);
      Arrays.sort(others);
      different += Arrays.equals(labels, others) ? 0 : 1;
    }
    return different;
  }

  private static @Nullable ConfidenceInterval orNull(Optional<ConfidenceInterval> interval) {
    return interval.orElse(null);
  }
}
