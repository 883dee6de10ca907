package io.rankline.frozen.step;

import java.util.Arrays;

/**
 * Regression trees as floats, which is what a network's parameters are.
 *
 * <p>A tree has room for all nodes of its depth: the root is node 0, and the children of node n are
 * 2 n + 1, where values below the threshold go, and 2 n + 2. A node is two floats: the number of
 * its feature from 1 and its threshold, or 0 and the value of a leaf. So zeros are a tree that adds
 * nothing.
 *
 * @param depth splits on the longest way to a leaf, 1 to {@link #MOST_DEPTH}
 */
public record TreeCode(int depth) {

  /** A tree of it takes 64 kB. */
  public static final int MOST_DEPTH = 12;

  private static final int NODE = 2;

  public TreeCode {
    if (depth < 1 || depth > MOST_DEPTH) {
      throw new IllegalArgumentException(
          "the depth of trees must be from 1 to %s, got %s".formatted(MOST_DEPTH, depth));
    }
  }

  /** Number of floats of a tree. */
  public int length() {
    return NODE * ((2 << depth) - 1);
  }

  /** A tree that adds nothing, to be filled. */
  public float[] empty() {
    return new float[length()];
  }

  /**
   * Makes a node a split.
   *
   * @param feature its column, from 0
   * @param threshold values below it go to the first child
   * @throws IllegalArgumentException for a node that lies too deep to have children
   */
  public void split(float[] tree, int node, int feature, float threshold) {
    if (node >= (1 << depth) - 1) {
      throw new IllegalArgumentException("a tree is deeper than its %s splits".formatted(depth));
    }
    tree[NODE * node] = feature + 1f;
    tree[NODE * node + 1] = threshold;
  }

  /** Makes a node a leaf. */
  public void leaf(float[] tree, int node, float value) {
    tree[NODE * node] = 0;
    tree[NODE * node + 1] = value;
  }

  /** The child that values below the threshold go to; the other one follows it. */
  public static int below(int node) {
    return 2 * node + 1;
  }

  /** Whether a tree adds nothing. */
  boolean isEmpty(float[] trees, int tree) {
    int from = tree * length();
    return Arrays.equals(trees, from, from + NODE, new float[NODE], 0, NODE);
  }
}
