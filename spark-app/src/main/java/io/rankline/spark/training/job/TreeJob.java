package io.rankline.spark.training.job;

import io.rankline.model.TaskLoss;
import io.rankline.model.scorer.LambdaMartScorer;
import java.io.Serializable;
import java.time.Duration;
import org.apache.spark.broadcast.Broadcast;

/**
 * Some trees to grow, as every worker receives them.
 *
 * @param session name of the training, which is destroyed when it ends
 * @param options how they grow
 * @param task of the model, its only one
 * @param loss that is measured
 * @param trees that have grown before, one after the other
 * @param rounds how many to grow
 * @param eta factor of each tree
 * @param seed of all draws
 * @param workers number of workers
 * @param threads of a worker
 * @param firstPort first port that is tried
 * @param portCount ports that are tried; 0 for any free one
 * @param silence how long a worker may stay away while others wait
 */
public record TreeJob(
    Broadcast<String> session,
    LambdaMartScorer options,
    String task,
    TaskLoss loss,
    float[] trees,
    int rounds,
    double eta,
    long seed,
    int workers,
    int threads,
    int firstPort,
    int portCount,
    Duration silence)
    implements Serializable {}
