package io.rankline.frozen.step;

/**
 * A sum of regression trees.
 *
 * <p>Leaves are added in the order of the trees, in floats: the same bits as XGBoost's. A value
 * that is NaN goes where large ones go.
 */
public final class Trees {

  /** Rows that pass by tree after tree: they and the tree stay in cache. */
  private static final int BLOCK = 256;

  private final int[] features;
  private final float[] values;
  private final int nodes;
  private final int count;

  private Trees(int[] features, float[] values, int nodes) {
    this.features = features;
    this.values = values;
    this.nodes = nodes;
    this.count = features.length / nodes;
  }

  /**
   * Trees of their code.
   *
   * @param trees one after the other; copied
   * @param width columns of the rows that they read
   * @throws IllegalArgumentException for floats that are no trees, or read other columns
   */
  public static Trees of(TreeCode code, float[] trees, int width) {
    int length = code.length();
    if (trees.length % length != 0) {
      throw new IllegalArgumentException(
          "trees of depth %s must have %s numbers each, got %s in all"
              .formatted(code.depth(), length, trees.length));
    }
    int last = trees.length / length;
    while (last > 0 && code.isEmpty(trees, last - 1)) {
      last--;
    }
    int[] features = new int[last * length / 2];
    float[] values = new float[features.length];
    for (int n = 0; n < features.length; n++) {
      float feature = trees[2 * n];
      if (!(feature >= 0 && feature <= width && feature == (int) feature)) {
        throw new IllegalArgumentException(
            "a tree reads column %s of rows of %s columns".formatted(feature - 1, width));
      }
      if (feature > 0 && n % (length / 2) >= length / 4) {
        throw new IllegalArgumentException(
            "a tree is deeper than its %s splits".formatted(code.depth()));
      }
      features[n] = (int) feature - 1;
      values[n] = trees[2 * n + 1];
    }
    return new Trees(features, values, length / 2);
  }

  /** Number of trees up to the last one that adds something. */
  public int count() {
    return count;
  }

  /** The column that a node reads; below 0 at a leaf. */
  public int feature(int tree, int node) {
    return features[tree * nodes + node];
  }

  /** Where a node splits: values below it go to the first child. Of a leaf, what it adds. */
  public float value(int tree, int node) {
    return values[tree * nodes + node];
  }

  /** What becomes of a threshold. */
  @FunctionalInterface
  public interface Change {

    /** The threshold that stands for another one of a column. */
    float of(int column, float threshold);
  }

  /** The same trees with other thresholds. */
  public Trees withThresholds(Change change) {
    float[] changed = values.clone();
    for (int n = 0; n < changed.length; n++) {
      changed[n] = features[n] < 0 ? values[n] : change.of(features[n], values[n]);
    }
    return new Trees(features, changed, nodes);
  }

  /**
   * Adds the sum of the trees to each score.
   *
   * @param rows [N, width], one after the other
   * @param count N; the arrays may be longer
   * @param scores [N]
   */
  public void add(float[] rows, int width, int count, float[] scores) {
    for (int from = 0; from < count; from += BLOCK) {
      add(rows, width, from, Math.min(from + BLOCK, count), scores);
    }
  }

  private void add(float[] rows, int width, int from, int to, float[] scores) {
    for (int root = 0; root < features.length; root += nodes) {
      for (int r = from; r < to; r++) {
        int node = 0;
        int feature = features[root];
        while (feature >= 0) {
          node = TreeCode.below(node) + (rows[r * width + feature] < values[root + node] ? 0 : 1);
          feature = features[root + node];
        }
        scores[r] += values[root + node];
      }
    }
  }
}
