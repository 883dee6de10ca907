package io.rankline.metric.significance;

import java.io.Serializable;

/**
 * Two rankings of the same lists under one metric.
 *
 * @param baseline mean of the first; NaN where nothing had weight
 * @param other mean of the second
 * @param difference {@code other - baseline}
 * @param standardError of the difference, by the sample variance over the lists; NaN with fewer
 *     than two pairs
 * @param permutationPValue probability of a difference at least this large in either direction if
 *     the two were interchangeable, by swapping them list by list
 * @param tPValue the same by Student's t over the lists; 1 with fewer than two pairs
 * @param pairs number of lists that count in either mean
 */
public record Comparison(
    double baseline,
    double other,
    double difference,
    double standardError,
    double permutationPValue,
    double tPValue,
    int pairs)
    implements Serializable {}
