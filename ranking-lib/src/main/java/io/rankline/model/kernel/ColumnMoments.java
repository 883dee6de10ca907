package io.rankline.model.kernel;

/**
 * Mean and variance of columns, put together from parts of the rows (Chan, Golub and LeVeque,
 * 1983). A part sums deviations from its first row, so that a mean far from 0 costs no digits.
 */
final class ColumnMoments {

  private final int width;
  private long count;
  private final double[] mean;
  private final double[] deviations;

  ColumnMoments(int width) {
    this.width = width;
    this.mean = new double[width];
    this.deviations = new double[width];
  }

  /** Takes in what one worker summed. */
  void merge(Part part) {
    if (part.rows == 0) {
      return;
    }
    long all = count + part.rows;
    for (int j = 0; j < width; j++) {
      double partMean = part.shift[j] + part.sums[j] / part.rows;
      double partDeviations =
          Math.max(0, part.squares[j] - part.sums[j] * part.sums[j] / part.rows);
      double delta = partMean - mean[j];
      deviations[j] += partDeviations + delta * delta * count / all * part.rows;
      mean[j] += delta * part.rows / all;
    }
    count = all;
  }

  double mean(int column) {
    return mean[column];
  }

  /** The biased variance: divided by the number of rows. */
  double variance(int column) {
    return deviations[column] / count;
  }

  /** The rows of one worker: float sums of a tile, added up in doubles. */
  static final class Part {

    private final int width;
    private final float[] shift;
    private final float[] tileSums;
    private final float[] tileSquares;
    private final double[] sums;
    private final double[] squares;
    private long rows;

    Part(int width) {
      this.width = width;
      shift = new float[width];
      tileSums = new float[width];
      tileSquares = new float[width];
      sums = new double[width];
      squares = new double[width];
    }

    void add(float[] tile, int tileRows) {
      if (rows == 0) {
        System.arraycopy(tile, 0, shift, 0, width);
      }
      for (int r = 0; r < tileRows; r++) {
        RowLoops.moments(tile, r * width, shift, tileSums, tileSquares, width);
      }
      rows += tileRows;
    }

    /** Ends a run of tiles that is short enough for float sums. */
    void flush() {
      DoubleSums.move(tileSums, sums);
      DoubleSums.move(tileSquares, squares);
    }
  }
}
