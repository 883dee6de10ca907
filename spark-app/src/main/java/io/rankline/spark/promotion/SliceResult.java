package io.rankline.spark.promotion;

import io.rankline.metric.significance.ConfidenceInterval;
import org.jspecify.annotations.Nullable;

/**
 * Candidate and serving model on some queries.
 *
 * @param name which queries: {@code all}, or {@code country=de}
 * @param queries number of queries
 * @param serving the metric of the serving model; NaN where nothing had weight
 * @param candidate the metric of the candidate
 * @param difference where {@code candidate - serving} lies; null where nothing had weight
 * @param pValue probability of such a difference if the two were interchangeable
 * @param problem why the candidate must not be promoted; empty for none
 */
public record SliceResult(
    String name,
    int queries,
    double serving,
    double candidate,
    @Nullable ConfidenceInterval difference,
    double pValue,
    String problem) {}
