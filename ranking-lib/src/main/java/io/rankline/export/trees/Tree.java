package io.rankline.export.trees;

import java.util.List;

/**
 * A tree as engines read it. Node 0 is its root.
 *
 * @param nodes with the children behind their parents
 */
record Tree(List<Node> nodes) {

  Tree {
    nodes = List.copyOf(nodes);
  }

  /**
   * A split, or a leaf.
   *
   * @param left the node for values below {@code value}; -1 for a leaf
   * @param right the node for the others; -1 for a leaf
   * @param feature the number of the feature that it reads
   * @param value where it splits, or what a leaf gives
   * @param goesLeft whether a missing value goes left
   */
  record Node(int left, int right, int feature, float value, boolean goesLeft, int depth) {

    static Node leaf(float value, int depth) {
      return new Node(-1, -1, 0, value, false, depth);
    }

    boolean isLeaf() {
      return left < 0;
    }
  }
}
