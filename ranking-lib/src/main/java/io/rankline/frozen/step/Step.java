package io.rankline.frozen.step;

/**
 * What one vertex computes. A row of the result depends on its own row of the inputs, or on the
 * rows of its list, and has the same bits whatever other rows and lists are there.
 *
 * <p>Safe for use by several threads, each with its own {@link Evaluation}.
 */
public interface Step {

  /**
   * Computes the rows.
   *
   * @param evaluation the values of the inputs
   * @param out filled with the rows of the result, one after the other; may be longer
   */
  void run(Evaluation evaluation, float[] out);
}
