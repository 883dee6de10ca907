package io.rankline.export.trees;

import io.rankline.export.trees.Tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Staircases as balanced trees; nodes of a depth follow each other. */
final class StepTree {

  /** Below all numbers that a feature can have. */
  static final float LOWEST = -Float.MAX_VALUE;

  private StepTree() {}

  /** The steps {@code first} to {@code last}, which a node decides between. */
  private record Part(int first, int last, int depth) {}

  /** The tree of a staircase, with missing values on the step of another value. */
  static Tree of(int feature, Staircase stairs, float missing) {
    return of(feature, stairs, missing, false);
  }

  /** The tree of a staircase, with a leaf for missing values alone. */
  static Tree withMissing(int feature, Staircase stairs, float leaf) {
    return of(feature, stairs.withFirst(Math.nextUp(LOWEST), leaf), LOWEST, true);
  }

  private static Tree of(int feature, Staircase stairs, float missing, boolean splitsFirstStep) {
    List<Node> nodes = new ArrayList<>();
    List<Part> parts = new ArrayList<>(List.of(new Part(0, stairs.edges().length, 0)));
    for (int n = 0; n < parts.size(); n++) {
      Part part = parts.get(n);
      if (part.first() == part.last()) {
        nodes.add(Node.leaf(stairs.levels()[part.first()], part.depth()));
      } else {
        int middle = n == 0 && splitsFirstStep ? 1 : (part.first() + part.last() + 1) / 2;
        float edge = stairs.edges()[middle - 1];
        nodes.add(
            new Node(parts.size(), parts.size() + 1, feature, edge, missing < edge, part.depth()));
        parts.add(new Part(part.first(), middle - 1, part.depth() + 1));
        parts.add(new Part(middle, part.last(), part.depth() + 1));
      }
    }
    return new Tree(nodes);
  }
}
