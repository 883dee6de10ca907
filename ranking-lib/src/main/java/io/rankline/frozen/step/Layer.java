package io.rankline.frozen.step;

import org.jspecify.annotations.Nullable;

/**
 * A matrix product, an activation, and what is left of a batch norm after it.
 *
 * @param groups widths of the groups of input columns, each with weights of its own
 * @param outputs number of columns of the result
 * @param weights for each group a matrix [width, outputs / groups], column by column
 * @param bias [outputs]
 * @param after what is left of a batch norm; null for nothing
 */
public record Layer(
    int[] groups,
    int outputs,
    float[] weights,
    float[] bias,
    Activation activation,
    @Nullable Scaling after) {

  /** As a layer of a tower; null for one of another kind. */
  @Nullable TowerLayer ofTower() {
    boolean isRectified = activation.equals(Activation.RELU);
    return groups.length == 1
            && after == null
            && (isRectified || activation.equals(Activation.IDENTITY))
        ? new TowerLayer(groups[0], outputs, weights, bias, isRectified)
        : null;
  }
}
