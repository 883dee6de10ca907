package io.rankline.spark.training.job;

import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.replica.GradientSharing;
import io.rankline.pipeline.replica.ModelBlueprint;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.training.data.TrainingOrder;
import java.io.Serializable;

/**
 * Some steps of a training, as every worker receives them.
 *
 * @param session name of the training; executors keep its models between jobs
 * @param blueprint of the model
 * @param state that all replicas start from
 * @param sharing of gradients, continuing from where the last job ended
 * @param order of the lists
 * @param input how batches are made
 * @param bands number of the RDD that the lists are in
 * @param firstStep number of steps taken before
 * @param steps how many to take
 * @param threads of a worker
 * @param ring how workers find each other
 * @param counters called after every step
 */
public record WorkerJob(
    String session,
    ModelBlueprint blueprint,
    ModelState state,
    GradientSharing sharing,
    TrainingOrder order,
    InputSettings input,
    int bands,
    long firstStep,
    long steps,
    int threads,
    RingOptions ring,
    WorkerCounters counters)
    implements Serializable {}
