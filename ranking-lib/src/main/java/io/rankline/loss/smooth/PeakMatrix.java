package io.rankline.loss.smooth;

import java.util.Arrays;

/**
 * The matrix K of {@link NeuralSort}'s rows, each relative to its peak, and products with it.
 *
 * <p>Rows are bands around the diagonal: what a sort cuts off of them stays invisible after scaling
 * by up to n. Up to {@link #STORED} items the matrix is kept, by rows and by columns: both products
 * then add up multiples of arrays at one index, which is what Java's compiler makes vector code of.
 * The rows of longer lists are computed again for each product.
 */
final class PeakMatrix {

  /** Most items of a list whose matrix is kept: 16 MiB. */
  private static final int STORED = 1024;

  private NeuralSort sort = new NeuralSort();
  private int size;
  private double[][] rows = {};
  private double[][] columns = {};
  private int[] rowFrom = {};
  private int[] rowTo = {};
  private int[] columnFrom = {};
  private int[] columnTo = {};

  /** The matrix of the scores that were presented to a sort. */
  void take(NeuralSort presented) {
    sort = presented;
    size = presented.size();
    if (size <= STORED) {
      reserve(size);
      store();
    }
  }

  /** {@code out_r = sum_k K_rk x_k}. */
  void timesColumns(double[] x, double[] out) {
    if (size <= STORED) {
      combine(columns, columnFrom, columnTo, x, out);
      return;
    }
    for (int r = 0; r < size; r++) {
      sort.fillExponentials(r + 1);
      double[] row = sort.row;
      double sum = 0;
      for (int k = sort.from; k < sort.to; k++) {
        sum += row[k] * x[k];
      }
      out[r] = sum;
    }
  }

  /** {@code out_k = sum_r K_rk x_r}. */
  void timesRows(double[] x, double[] out) {
    if (size <= STORED) {
      combine(rows, rowFrom, rowTo, x, out);
      return;
    }
    Arrays.fill(out, 0, size, 0);
    for (int r = 0; r < size; r++) {
      sort.fillExponentials(r + 1);
      double[] row = sort.row;
      double factor = x[r];
      for (int k = sort.from; k < sort.to; k++) {
        out[k] += factor * row[k];
      }
    }
  }

  /** The sum of arrays, each times its factor; outside of their parts they are 0. */
  private void combine(double[][] arrays, int[] from, int[] to, double[] factors, double[] out) {
    Arrays.fill(out, 0, size, 0);
    int i = 0;
    for (; i < size - 3; i += 4) {
      add(arrays, factors, i, from[i], to[i + 3], out);
    }
    for (; i < size; i++) {
      double[] array = arrays[i];
      double factor = factors[i];
      for (int k = from[i]; k < to[i]; k++) {
        out[k] += factor * array[k];
      }
    }
  }

  /** Adds four arrays in one pass over the sums. */
  private static void add(
      double[][] arrays, double[] factors, int i, int from, int to, double[] out) {
    double[] first = arrays[i];
    double[] second = arrays[i + 1];
    double[] third = arrays[i + 2];
    double[] fourth = arrays[i + 3];
    double a = factors[i];
    double b = factors[i + 1];
    double c = factors[i + 2];
    double d = factors[i + 3];
    for (int k = from; k < to; k++) {
      out[k] += a * first[k] + b * second[k] + (c * third[k] + d * fourth[k]);
    }
  }

  private void store() {
    int from = 0;
    int to = 0;
    for (int r = 0; r < size; r++) {
      sort.fillExponentials(r + 1);
      double[] row = sort.row;
      // Bands move along with the peaks; rounding must not make an end step back.
      from = Math.max(from, sort.from);
      Arrays.fill(columnFrom, to, Math.max(to, sort.to), r);
      to = Math.max(to, sort.to);
      Arrays.fill(row, sort.to, to, 0);
      rowFrom[r] = from;
      rowTo[r] = to;
      System.arraycopy(row, from, rows[r], from, to - from);
      for (int k = from; k < to; k++) {
        columns[k][r] = row[k];
      }
      Arrays.fill(columnTo, from, to, r + 1);
    }
    clearBetween(rows, rowFrom, rowTo);
    clearBetween(columns, columnFrom, columnTo);
  }

  /** Clears what belongs to the parts of neighbours that are added in one pass. */
  private void clearBetween(double[][] arrays, int[] from, int[] to) {
    for (int i = 0; i < size - 3; i += 4) {
      int start = from[i];
      int end = to[i + 3];
      for (int j = i; j < i + 4; j++) {
        Arrays.fill(arrays[j], start, from[j], 0);
        Arrays.fill(arrays[j], to[j], end, 0);
      }
    }
  }

  private void reserve(int n) {
    if (rows.length >= n) {
      return;
    }
    int room = Math.min(STORED, Math.max(n, rows.length + rows.length / 2));
    rows = new double[room][room];
    columns = new double[room][room];
    rowFrom = new int[room];
    rowTo = new int[room];
    columnFrom = new int[room];
    columnTo = new int[room];
  }
}
