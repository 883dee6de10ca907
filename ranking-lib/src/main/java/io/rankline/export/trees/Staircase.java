package io.rankline.export.trees;

/**
 * A curve in steps: {@code levels[0]} below the first edge, {@code levels[k]} from edge k - 1 on.
 *
 * @param edges ascending, one less than levels
 * @param levels heights of the steps
 * @param error largest distance from the curve, over the range that it was made for
 */
record Staircase(float[] edges, float[] levels, double error) {

  /** The same with another step before the first one, below an edge. */
  Staircase withFirst(float edge, float level) {
    float[] moreEdges = new float[edges.length + 1];
    float[] moreLevels = new float[levels.length + 1];
    System.arraycopy(edges, 0, moreEdges, 1, edges.length);
    System.arraycopy(levels, 0, moreLevels, 1, levels.length);
    moreEdges[0] = edge;
    moreLevels[0] = level;
    return new Staircase(moreEdges, moreLevels, error);
  }
}
