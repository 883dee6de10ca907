package io.rankline.frozen.step;

import java.util.Arrays;

/**
 * Rows times a matrix, or times one for each group of their columns, with the rows in vectors: for
 * matrices of few columns.
 */
final class NarrowProduct implements Product {

  /** Rows that are turned into columns at a time. */
  private static final int ROWS = 128;

  private final int[] groups;
  private final int inputs;
  private final int outputs;
  private final float[] weights;
  private final float[] bias;

  /** A product, of weights as {@link Product#of} has them. */
  NarrowProduct(int[] groups, int outputs, float[] weights, float[] bias) {
    this.groups = groups;
    this.inputs = Arrays.stream(groups).sum();
    this.outputs = outputs;
    this.weights = weights;
    this.bias = bias;
  }

  @Override
  public void run(Evaluation evaluation, float[] x, int rows, float[] out) {
    float[][] columns = evaluation.tile(inputs + 1, ROWS);
    float[] sum = columns[inputs];
    int share = outputs / groups.length;
    for (int from = 0; from < rows; from += ROWS) {
      int count = Math.min(ROWS, rows - from);
      for (int r = 0; r < count; r++) {
        int at = (from + r) * inputs;
        for (int i = 0; i < inputs; i++) {
          columns[i][r] = x[at + i];
        }
      }
      int first = 0;
      int at = 0;
      for (int g = 0; g < groups.length; g++) {
        for (int j = g * share; j < (g + 1) * share; j++) {
          Arrays.fill(sum, 0, count, bias[j]);
          Sums.add(sum, columns, first, weights, at, groups[g], count);
          at += groups[g];
          for (int r = 0; r < count; r++) {
            out[(from + r) * outputs + j] = sum[r];
          }
        }
        first += groups[g];
      }
    }
  }
}
