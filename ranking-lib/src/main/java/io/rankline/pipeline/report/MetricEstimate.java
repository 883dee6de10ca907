package io.rankline.pipeline.report;

import io.rankline.metric.significance.ConfidenceInterval;
import org.jspecify.annotations.Nullable;

/**
 * A metric over a data set.
 *
 * @param metric its name
 * @param value the mean; NaN where nothing had weight
 * @param interval where the true mean lies; null where that is not known
 */
public record MetricEstimate(String metric, double value, @Nullable ConfidenceInterval interval) {}
