package io.rankline.pipeline;

import io.rankline.data.ListSize;
import io.rankline.metric.RankingMetric;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.LogName;
import io.rankline.pipeline.callback.LogName.Split;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.hparams.HparamsException;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.validation.Validation;
import io.rankline.text.Fault;
import io.rankline.text.Faults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What validation measures: the metrics of the pipeline, and those that the hyperparameters look
 * at.
 *
 * @param metrics of each task, all items counting alike
 * @param weightedMetrics of each task with the sample weights
 * @param best the value that says which epoch is best
 * @param plateau the value that lowers the learning rate where it stays
 */
record Measures(
    List<RankingMetric> metrics,
    List<RankingMetric> weightedMetrics,
    Monitor best,
    Monitor plateau) {

  private static final Logger LOG = LoggerFactory.getLogger(Measures.class);

  private static final String BEST = "best_exporter_metric";
  private static final String PLATEAU = "automatic_reduce_lr_metric";

  /**
   * What is measured.
   *
   * @param metrics of the pipeline
   * @param weightedMetrics of the pipeline
   * @throws HparamsException if a value that is looked at cannot be measured, or is said to be
   *     better the other way round
   */
  static Measures of(
      PipelineHparams hparams, List<RankingMetric> metrics, List<RankingMetric> weightedMetrics) {
    Set<RankingMetric> plain = new LinkedHashSet<>(metrics);
    Set<RankingMetric> weighted = new LinkedHashSet<>(weightedMetrics);
    Monitor best = monitor(BEST, hparams.bestExporterMetric(), plain, weighted);
    Monitor plateau = monitor(PLATEAU, hparams.automaticReduceLrMetric(), plain, weighted);
    requireDirection(hparams, best);
    return new Measures(List.copyOf(plain), List.copyOf(weighted), best, plateau);
  }

  /**
   * The validation data, which can be measured with, as can the test data. Warns of metrics that
   * its lists are cut too short for, and of files that are trained on too.
   *
   * @throws IOException if one of them has nothing to measure
   */
  RankingDataset usable(AbstractDatasetBuilder data) throws IOException {
    data.dataSettings()
        .flatMap(read -> cutShort(read.effectiveValidListSize()))
        .ifPresent(LOG::warn);
    data.overlap().ifPresent(LOG::warn);
    RankingDataset validation = data.buildValidDataset();
    validation.requireUsable();
    Optional<RankingDataset> test = data.buildTestDataset();
    if (test.isPresent()) {
      test.get().requireUsable();
    }
    return validation;
  }

  /** The names of the values of an epoch of a model with these tasks. */
  List<String> names(Set<String> tasks) {
    List<LogName> names = new ArrayList<>(List.of(LogName.loss(Split.TRAINING)));
    names.addAll(Validation.logNames(Split.VALIDATION, tasks, metrics, weightedMetrics));
    names.add(LogName.LEARNING_RATE);
    return names.stream().map(LogName::text).toList();
  }

  /**
   * A sentence about metrics that look further down than the lists they are given; empty if all is
   * well.
   *
   * @param validation items of a list in validation
   */
  Optional<String> cutShort(ListSize validation) {
    List<String> deeper =
        Stream.concat(metrics.stream(), weightedMetrics.stream())
            .filter(metric -> metric.depth() != RankingMetric.WHOLE_LIST)
            .filter(metric -> validation.of(metric.depth()) < metric.depth())
            .map(RankingMetric::name)
            .distinct()
            .toList();
    return deeper.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "validation cuts lists to %s items, and %s would see more; set data.valid_list_size = 0"
                    .formatted(validation.items(), String.join(", ", deeper))
                + " to measure whole lists");
  }

  /**
   * Checks the direction that the hyperparameters give. A metric that the library does not know may
   * be one of the pipeline's own, and is passed over.
   *
   * @throws HparamsException if it is not that of the metric
   */
  static void requireDirection(PipelineHparams hparams) {
    Monitor best;
    try {
      best = Monitor.of(hparams.bestExporterMetric());
    } catch (IllegalArgumentException e) {
      return;
    }
    requireDirection(hparams, best);
  }

  private static void requireDirection(PipelineHparams hparams, Monitor best) {
    Boolean higher = hparams.bestExporterMetricHigherBetter();
    boolean isHigher = best.better() == Better.HIGHER;
    Faults.NONE
        .addUnless(
            higher == null || higher == isHigher,
            BEST + "_higher_better",
            "must be %s or left out: the %s %s is, the better, got %s",
            isHigher,
            isHigher ? "higher" : "lower",
            hparams.bestExporterMetric(),
            higher)
        .orThrow(HparamsException::new);
  }

  /** The value of that name; its metric joins those that are measured. */
  private static Monitor monitor(
      String key, String value, Set<RankingMetric> plain, Set<RankingMetric> weighted) {
    Set<RankingMetric> group = LogName.ofValidation(value).isWeighted() ? weighted : plain;
    try {
      Monitor monitor = Monitor.of(value, group);
      Monitor.metric(value, List.copyOf(group)).ifPresent(group::add);
      return monitor;
    } catch (IllegalArgumentException e) {
      throw new HparamsException(
          List.of(Fault.of(key, "must be loss, or a metric as ndcg_5: " + e.getMessage())));
    }
  }
}
