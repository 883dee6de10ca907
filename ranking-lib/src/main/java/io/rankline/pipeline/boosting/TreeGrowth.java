package io.rankline.pipeline.boosting;

/** Trees that grow on the rows of a training. */
public interface TreeGrowth extends AutoCloseable {

  /**
   * Grows trees, each on what those before it leave wrong.
   *
   * @param scores of the rows so far
   * @param rounds number of trees
   * @param eta factor of each tree
   * @param seed of all draws
   * @return the trees, one after the other, in the {@link io.rankline.frozen.step.TreeCode} of the
   *     options' depth
   */
  float[] grow(float[] scores, int rounds, double eta, long seed);

  @Override
  void close();
}
