package io.rankline.frozen.step;

/**
 * A layer of a tower: {@code x * weights + bias}, or the larger of that and 0.
 *
 * @param weights [inputs, outputs], column by column
 * @param bias [outputs]
 */
public record TowerLayer(
    int inputs, int outputs, float[] weights, float[] bias, boolean isRectified) {}
