package io.rankline.spark.evaluation;

import io.rankline.metric.evaluation.MetricMean;
import io.rankline.metric.significance.Comparison;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.explanation.Contest;
import org.jspecify.annotations.Nullable;

/**
 * What one metric says of one or two files.
 *
 * @param metric name of the metric
 * @param mean of the first file
 * @param interval around that mean; null where none was asked for or nothing had weight
 * @param compared what the second file adds; null where there is none
 */
record MetricReport(
    String metric,
    MetricMean mean,
    @Nullable ConfidenceInterval interval,
    @Nullable Compared compared) {

  /**
   * The second file.
   *
   * @param mean of the second file
   * @param interval around that mean, as in the report
   * @param differenceInterval around the difference second - first
   * @param comparison difference and p-values
   * @param contest in how many queries the second file is better than the first
   */
  public record Compared(
      MetricMean mean,
      @Nullable ConfidenceInterval interval,
      @Nullable ConfidenceInterval differenceInterval,
      Comparison comparison,
      Contest contest) {}
}
