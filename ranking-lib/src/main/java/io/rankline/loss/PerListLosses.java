package io.rankline.loss;

/**
 * One loss and one weight a list.
 *
 * @param losses shape [B]
 * @param weights shape [B]
 */
public record PerListLosses(double[] losses, double[] weights) {}
