package io.rankline.feature.transform;

/**
 * Puts a value of an item in relation to the other items of its list: what is a high price for one
 * query is a low one for another.
 *
 * <p>Scores of a model with such a transform depend on the whole list. All items count that the
 * list has when it is transformed; in training those that list_size leaves.
 */
public sealed interface QueryTransform extends Transform
    permits QueryMinMax, QueryRank, QueryZScore {

  /** Whether the values stay as they are, and the results are columns behind them. */
  boolean beside();

  /**
   * Transforms the values of one column of one list.
   *
   * @param values replaced by the result; NaN for a missing one, which has no part in it and stays
   */
  void scale(float[] values);

  @Override
  default boolean isFitted() {
    return true;
  }

  @Override
  default boolean isColumnwise() {
    return !beside();
  }

  @Override
  default int width(int inputWidth) {
    return beside() ? Math.multiplyExact(2, inputWidth) : inputWidth;
  }

  /** Transforms rows that are the items of one list. */
  @Override
  default void apply(float[] in, int rows, int inputWidth, float[] out) {
    apply(in, new int[] {0, rows}, inputWidth, out);
  }

  /**
   * Transforms rows of some lists.
   *
   * @param starts where the rows of each list start, and the end of the last
   */
  default void apply(float[] in, int[] starts, int inputWidth, float[] out) {
    int width = width(inputWidth);
    int first = width - inputWidth;
    for (int q = 0; q + 1 < starts.length; q++) {
      float[] column = new float[starts[q + 1] - starts[q]];
      for (int c = 0; c < inputWidth; c++) {
        for (int i = 0; i < column.length; i++) {
          column[i] = in[(starts[q] + i) * inputWidth + c];
          if (beside()) {
            out[(starts[q] + i) * width + c] = column[i];
          }
        }
        scale(column);
        for (int i = 0; i < column.length; i++) {
          out[(starts[q] + i) * width + first + c] = column[i];
        }
      }
    }
  }
}
