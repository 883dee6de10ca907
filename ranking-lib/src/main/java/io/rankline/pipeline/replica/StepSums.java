package io.rankline.pipeline.replica;

/**
 * One step of all replicas together.
 *
 * @param loss of the whole batch before the update, regularisation included; NaN if that of a
 *     replica was not finite
 * @param lists in the whole batch
 * @param items in the whole batch
 * @param failed number of replicas whose loss was not finite
 */
public record StepSums(double loss, int lists, int items, int failed) {}
