package io.rankline.loss;

/**
 * Loss and weight of every element, before item and list weights.
 *
 * @param shape [B, L] pointwise, [B, L, L] pairwise, [B, 1] listwise
 * @param losses row-major
 * @param weights row-major; 0 where an element does not count
 */
public record UnreducedLoss(int[] shape, double[] losses, double[] weights) {}
