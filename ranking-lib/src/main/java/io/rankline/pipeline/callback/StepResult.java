package io.rankline.pipeline.callback;

/**
 * One training step.
 *
 * @param epoch from 1
 * @param stepOfEpoch from 1
 * @param step from 1, over all epochs and runs: number of parameter updates so far
 * @param loss of the batch before the update, regularisation included
 * @param lists number of lists of the batch
 * @param items number of valid items of the batch
 */
public record StepResult(
    int epoch, long stepOfEpoch, long step, double loss, int lists, int items) {}
