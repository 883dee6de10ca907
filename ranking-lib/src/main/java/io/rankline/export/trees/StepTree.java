package io.rankline.export.trees;

import java.util.ArrayList;
import java.util.List;

/**
 * A staircase as a balanced tree. Node 0 is its root; nodes of a depth follow each other.
 *
 * @param feature its name
 * @param nodes with the children behind their parents
 */
record StepTree(String feature, List<Node> nodes) {

  /** Below all numbers that a feature can have. */
  static final float LOWEST = -Float.MAX_VALUE;

  StepTree {
    nodes = List.copyOf(nodes);
  }

  /**
   * A split, or a leaf.
   *
   * @param left the node for values below {@code value}; -1 for a leaf
   * @param right the node for the others; -1 for a leaf
   * @param value where it splits, or what a leaf gives
   * @param goesLeft whether a missing value goes left
   */
  record Node(int left, int right, float value, boolean goesLeft, int depth) {

    boolean isLeaf() {
      return left < 0;
    }
  }

  /** The steps {@code first} to {@code last}, which a node decides between. */
  private record Part(int first, int last, int depth) {}

  /** The tree of a staircase, with missing values on the step of another value. */
  static StepTree of(String feature, Staircase stairs, float missing) {
    return of(feature, stairs, missing, false);
  }

  /** The tree of a staircase, with a leaf for missing values alone. */
  static StepTree withMissing(String feature, Staircase stairs, float leaf) {
    return of(feature, stairs.withFirst(Math.nextUp(LOWEST), leaf), LOWEST, true);
  }

  private static StepTree of(
      String feature, Staircase stairs, float missing, boolean splitsFirstStep) {
    List<Node> nodes = new ArrayList<>();
    List<Part> parts = new ArrayList<>(List.of(new Part(0, stairs.edges().length, 0)));
    for (int n = 0; n < parts.size(); n++) {
      Part part = parts.get(n);
      if (part.first() == part.last()) {
        nodes.add(new Node(-1, -1, stairs.levels()[part.first()], false, part.depth()));
      } else {
        int middle = n == 0 && splitsFirstStep ? 1 : (part.first() + part.last() + 1) / 2;
        float edge = stairs.edges()[middle - 1];
        nodes.add(new Node(parts.size(), parts.size() + 1, edge, missing < edge, part.depth()));
        parts.add(new Part(part.first(), middle - 1, part.depth() + 1));
        parts.add(new Part(middle, part.last(), part.depth() + 1));
      }
    }
    return new StepTree(feature, nodes);
  }
}
