package io.rankline.spark.training.job;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says at the end of a round.
 *
 * @param rank of the worker
 * @param where the executor it ran on
 * @param steps on its own shares
 * @param training the whole round of this worker, in nanoseconds
 * @param input of it, making batches
 * @param failure why training cannot go on; null where it can
 */
public record AveragingReport(
    int rank,
    String where,
    List<WorkerStep> steps,
    long training,
    long input,
    @Nullable String failure)
    implements Serializable {}
