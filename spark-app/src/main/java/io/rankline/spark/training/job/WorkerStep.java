package io.rankline.spark.training.job;

import java.io.Serializable;

/**
 * One step of all workers together.
 *
 * @param loss of the whole batch
 * @param lists in it
 * @param items in it
 */
public record WorkerStep(double loss, int lists, int items) implements Serializable {}
