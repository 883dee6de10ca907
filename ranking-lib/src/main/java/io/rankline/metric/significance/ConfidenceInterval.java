package io.rankline.metric.significance;

import java.io.Serializable;

/**
 * The range in which a mean lies, by the lists at hand.
 *
 * @param low lower end
 * @param high upper end
 * @param level probability that it covers the true mean, such as 0.95
 */
public record ConfidenceInterval(double low, double high, double level) implements Serializable {}
