package io.rankline.export.graph;

import io.rankline.frozen.step.TreeCode;
import io.rankline.frozen.step.Trees;
import java.util.ArrayList;
import java.util.List;

/**
 * Trees level by level, all of one depth: what is a leaf above stands at the bottom as often as
 * there is room below it. Level d has 2^d nodes of each tree, tree after tree, so the children of
 * node p of a level are the nodes 2 p and 2 p + 1 of the next.
 *
 * @param count number of trees
 * @param features the columns that nodes read, by level
 * @param thresholds by level; a value that is not below goes to the second child
 * @param leaves 2^depth of each tree
 */
public record TreeLevels(
    int count, List<long[]> features, List<float[]> thresholds, float[] leaves) {

  /** Of trees, of which there is at least one. */
  static TreeLevels of(Trees trees) {
    int depth = 1;
    for (int t = 0; t < trees.count(); t++) {
      depth = Math.max(depth, depth(trees, t, 0));
    }
    List<long[]> features = new ArrayList<>();
    List<float[]> thresholds = new ArrayList<>();
    for (int d = 0; d < depth; d++) {
      features.add(new long[trees.count() << d]);
      thresholds.add(new float[trees.count() << d]);
    }
    TreeLevels levels =
        new TreeLevels(trees.count(), features, thresholds, new float[trees.count() << depth]);
    for (int t = 0; t < trees.count(); t++) {
      levels.fill(trees, t, 0, 0, t);
    }
    return levels;
  }

  private static int depth(Trees trees, int tree, int node) {
    return trees.feature(tree, node) < 0
        ? 0
        : 1
            + Math.max(
                depth(trees, tree, TreeCode.below(node)),
                depth(trees, tree, TreeCode.below(node) + 1));
  }

  private void fill(Trees trees, int tree, int node, int level, int place) {
    boolean isLeaf = trees.feature(tree, node) < 0;
    if (level == features.size()) {
      leaves[place] = trees.value(tree, node);
      return;
    }
    if (!isLeaf) {
      features.get(level)[place] = trees.feature(tree, node);
      thresholds.get(level)[place] = trees.value(tree, node);
    }
    int below = TreeCode.below(node);
    fill(trees, tree, isLeaf ? node : below, level + 1, 2 * place);
    fill(trees, tree, isLeaf ? node : below + 1, level + 1, 2 * place + 1);
  }
}
