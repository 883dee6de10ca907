package io.rankline.server.metrics;

import java.util.function.LongSupplier;

/**
 * A number that is looked up when Prometheus asks.
 *
 * @param name of the metric, without the prefix {@code rankline_}
 * @param help what it is, in one line
 * @param value the number
 */
public record Gauge(String name, String help, LongSupplier value) {}
