package io.rankline.spark.training.job;

import io.rankline.pipeline.replica.GradientSharing;
import io.rankline.pipeline.replica.ModelState;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says at the end of its job.
 *
 * @param rank of the worker
 * @param host it ran on, and the executor
 * @param steps of all workers together; the same from each of them
 * @param ownLists number of lists it trained on
 * @param digest of its parameters
 * @param state of its model; null but for rank 0
 * @param sharing of gradients, after these steps; the same from each of them
 * @param precision that it multiplied in; the same from each of them
 * @param times where its time went
 * @param failure why training cannot go on, from a worker that knows; null where it can
 */
public record WorkerReport(
    int rank,
    String host,
    List<WorkerStep> steps,
    long ownLists,
    String digest,
    @Nullable ModelState state,
    GradientSharing sharing,
    String precision,
    WorkerTimes times,
    @Nullable String failure)
    implements Serializable {}
