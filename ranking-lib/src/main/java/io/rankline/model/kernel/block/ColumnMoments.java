package io.rankline.model.kernel.block;

import io.rankline.model.kernel.FloatLoops;
import io.rankline.model.kernel.Tile;
import java.util.Arrays;

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

    private float[] shift;
    private final float[] tileSums;
    private final float[] tileSquares;
    private final double[] sums;
    private final double[] squares;
    private long rows;

    Part(int width) {
      shift = new float[width];
      tileSums = new float[Tile.rows(width) * width];
      tileSquares = new float[tileSums.length];
      sums = new double[width];
      squares = new double[width];
    }

    void add(float[] tile, int tileRows) {
      int width = sums.length;
      if (rows == 0) {
        shift = Tile.repeat(Arrays.copyOf(tile, width));
      }
      FloatLoops.moments(tile, shift, tileSums, tileSquares, tileRows * width);
      rows += tileRows;
    }

    /** Ends a run of tiles that is short enough for float sums. */
    void flush() {
      DoubleSums.move(tileSums, sums);
      DoubleSums.move(tileSquares, squares);
    }
  }
}
