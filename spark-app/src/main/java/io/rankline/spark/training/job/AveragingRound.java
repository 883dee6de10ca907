package io.rankline.spark.training.job;

import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.replica.ModelBlueprint;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.training.data.TrainingOrder;
import java.io.Serializable;

/**
 * Steps that workers take alone, from one state, before they are averaged.
 *
 * @param session name of the training; executors keep its models between rounds
 * @param blueprint of the model
 * @param state that all replicas start from
 * @param averageUpdaters whether the updater's state goes back as well
 * @param order of the lists
 * @param input how batches are made
 * @param bands number of the RDD that the lists are in
 * @param firstStep number of steps taken before
 * @param steps how many each worker takes
 * @param threads of a worker
 */
public record AveragingRound(
    String session,
    ModelBlueprint blueprint,
    ModelState state,
    boolean averageUpdaters,
    TrainingOrder order,
    InputSettings input,
    int bands,
    long firstStep,
    int steps,
    int threads)
    implements Serializable {}
