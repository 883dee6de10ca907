package io.rankline.metric.significance;

import java.io.Serializable;

/**
 * Where a mean lies, as far as this many lists can tell.
 *
 * @param low lower end
 * @param high upper end
 * @param level probability that it covers the true mean, such as 0.95
 */
public record ConfidenceInterval(double low, double high, double level) implements Serializable {}
