package io.rankline.loss.smooth;

/**
 * Makes the rows of {@link NeuralSort} doubly stochastic by scaling columns and rows in turn, and
 * takes the gradient back through every step.
 */
interface Sinkhorn {

  /** The fastest way that there is on this machine. */
  static Sinkhorn fastest() {
    PlainSinkhorn plain = new PlainSinkhorn();
    return SinkhornLibrary.find()
        .<Sinkhorn>map(library -> new CompiledSinkhorn(library, plain))
        .orElse(plain);
  }

  /**
   * Scales until every column sums to 1 within {@code tolerance}.
   *
   * @param presented scores, presented
   */
  void forward(NeuralSort presented, int maxIterations, double tolerance);

  /** {@code sum_r sum_k outer_r P_rk inner_k}. */
  double bilinear(double[] outer, double[] inner);

  /** Notes in the slopes of the sort how {@link #bilinear} changes with the logarithm of K. */
  void backward(double[] outer, double[] inner);
}
