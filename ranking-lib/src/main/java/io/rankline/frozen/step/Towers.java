package io.rankline.frozen.step;

import java.util.List;

/**
 * Arithmetic for towers, layer upon layer. Its sums have the bits of the one in plain Java: they
 * start from the bias and take their terms in the order of the inputs, each by one fused
 * multiply-add.
 */
@FunctionalInterface
public interface Towers {

  /** A tower, safe for use by several threads at once. */
  @FunctionalInterface
  interface Tower {

    /**
     * Computes rows.
     *
     * @param x [rows, inputs of the first layer]
     * @param out filled, [rows, outputs of the last layer]
     */
    void run(float[] x, int rows, float[] out);
  }

  /** The tower of these layers, the lowest first. */
  Tower of(List<TowerLayer> layers);
}
