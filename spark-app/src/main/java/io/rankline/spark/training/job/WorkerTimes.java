package io.rankline.spark.training.job;

import java.io.Serializable;

/**
 * Where the time of a worker's steps went, in nanoseconds.
 *
 * @param starting from the start of the task to the first step
 * @param training the steps, all in all
 * @param input making batches
 * @param exchange in the all-reduce, waiting included
 * @param waiting for slower workers, of the exchange
 * @param bytesSent to the next worker
 */
public record WorkerTimes(
    long starting, long training, long input, long exchange, long waiting, long bytesSent)
    implements Serializable {}
