package io.rankline.model.layer;

/**
 * Which values of an array are dropped in one iteration, and what the others are multiplied by.
 *
 * @param rate probability to drop, in [0, 1), as in Keras
 * @param draws of the vertex and iteration
 */
record Dropout(double rate, CountedDraws draws) {

  /** Draws are compared as numbers of 24 bits, so that differences do not overflow. */
  static final int UNUSED_BITS = 8;

  /** Draws below are kept. */
  int threshold() {
    return (int) Math.round((1 - rate) * (1 << (Integer.SIZE - UNUSED_BITS)));
  }

  /** 1 / (1 - rate), which keeps the expectation. */
  float scale() {
    return (float) (1 / (1 - rate));
  }
}
