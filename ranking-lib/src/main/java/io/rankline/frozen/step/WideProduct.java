package io.rankline.frozen.step;

/**
 * Rows times a matrix, with the columns of the result in vectors: for matrices of many columns.
 *
 * <p>The matrix is kept as tiles of columns, a tile as one array for each of its rows.
 */
final class WideProduct implements Product {

  /** Columns of a tile: the longer, the less of a loop is its beginning and end. */
  private static final int MOST_COLUMNS = 512;

  /** Rows of the input whose sums are in cache together. */
  private static final int ROWS = 32;

  /** Rows of a tile that stay in the first cache while they meet those of the input. */
  private static final int DEPTH = 8;

  private final int inputs;
  private final int outputs;
  private final int columns;
  private final float[][][] tiles;
  private final float[][] biases;

  /**
   * A product.
   *
   * @param weights [inputs, outputs], column by column
   * @param bias [outputs]
   */
  WideProduct(int inputs, int outputs, float[] weights, float[] bias) {
    this.inputs = inputs;
    this.outputs = outputs;
    int count = (outputs + MOST_COLUMNS - 1) / MOST_COLUMNS;
    this.columns = (outputs + count - 1) / count;
    this.tiles = new float[count][inputs][];
    this.biases = new float[count][];
    for (int t = 0; t < count; t++) {
      int first = t * columns;
      int width = Math.min(columns, outputs - first);
      biases[t] = new float[width];
      System.arraycopy(bias, first, biases[t], 0, width);
      for (int i = 0; i < inputs; i++) {
        float[] row = new float[width];
        for (int j = 0; j < width; j++) {
          row[j] = weights[(first + j) * inputs + i];
        }
        tiles[t][i] = row;
      }
    }
  }

  @Override
  public void run(Evaluation evaluation, float[] x, int rows, float[] out) {
    float[][] sums = evaluation.tile(ROWS, columns);
    for (int from = 0; from < rows; from += ROWS) {
      int count = Math.min(ROWS, rows - from);
      for (int t = 0; t < tiles.length; t++) {
        tile(t, sums, x, from, count);
        int width = biases[t].length;
        for (int r = 0; r < count; r++) {
          System.arraycopy(sums[r], 0, out, (from + r) * outputs + t * columns, width);
        }
      }
    }
  }

  private void tile(int t, float[][] sums, float[] x, int from, int count) {
    int width = biases[t].length;
    for (int r = 0; r < count; r++) {
      System.arraycopy(biases[t], 0, sums[r], 0, width);
    }
    for (int i = 0; i < inputs; i += DEPTH) {
      int depth = Math.min(DEPTH, inputs - i);
      for (int r = 0; r < count; r++) {
        Sums.add(sums[r], tiles[t], i, x, (from + r) * inputs + i, depth, width);
      }
    }
  }
}
