package io.rankline.loss.smooth;

import java.util.Arrays;

/**
 * Makes the rows of {@link NeuralSort} doubly stochastic by scaling columns and rows in turn, and
 * takes the gradient back through every step.
 *
 * <p>The matrix is kept as {@code P_rk = a_r K_rk b_k}, K being a row of NeuralSort relative to its
 * peak. Only a and b change, so what is stored is 2 n numbers an iteration. K itself is stored up
 * to a fixed size, beyond which its rows are computed again in every sweep.
 */
final class Sinkhorn {

  /**
   * Entries below {@code e^-60 = 1e-26} of a row's peak stay invisible after scaling by up to n.
   */
  private static final double CUTOFF = 60;

  /** Entries of K that are stored at most: 2 MiB. */
  private static final int STORED = 1 << 18;

  /** Row scales, shape [iterations + 1, n]; iteration 0 is the softmax. */
  private double[] a = new double[0];

  /** Column scales, shape [iterations + 1, n]; 1 in iteration 0. */
  private double[] b = new double[0];

  private double[] columnSum = new double[0];
  private double[] columnSlope = new double[0];
  private double[] nextColumnSlope = new double[0];
  private int[] bandFrom = new int[0];
  private int[] bandTo = new int[0];
  private int[] bandStart = new int[0];
  private double[] stored = new double[0];
  private boolean storesRows;

  private int size;
  private int iterations;
  private NeuralSort sort = new NeuralSort();
  private double temperature = 1;

  // The row that was loaded last: entry k at row[base + k] for k in [from, to).
  private double[] row = new double[0];
  private int base;
  private int from;
  private int to;

  /**
   * Scales until every column sums to 1 within {@code tolerance}.
   *
   * @param presented scores, presented
   */
  void forward(
      NeuralSort presented, int n, double newTemperature, int maxIterations, double tolerance) {
    reserve(n, maxIterations);
    sort = presented;
    size = n;
    temperature = newTemperature;
    Arrays.fill(columnSum, 0, n, 0);
    Arrays.fill(b, 0, n, 1);
    storeRows();
    for (int r = 0; r < n; r++) {
      load(r);
      double sum = 0;
      for (int k = from; k < to; k++) {
        sum += row[base + k];
      }
      a[r] = 1 / sum;
      addToColumns(a[r]);
    }
    iterations = 0;
    while (iterations < maxIterations && (iterations == 0 || columnError() >= tolerance)) {
      iterations++;
      int now = iterations * n;
      for (int k = 0; k < n; k++) {
        b[now + k] = 1 / columnSum[k];
        columnSum[k] = 0;
      }
      for (int r = 0; r < n; r++) {
        load(r);
        a[now + r] = 1 / dot(row, base, b, now, from, to);
        addToColumns(a[now + r]);
      }
    }
  }

  /** {@code sum_r sum_k outer_r P_rk inner_k}. */
  double bilinear(double[] outer, double[] inner) {
    int now = iterations * size;
    double sum = 0;
    for (int r = 0; r < size; r++) {
      if (outer[r] == 0) {
        continue;
      }
      load(r);
      double expected = 0;
      for (int k = from; k < to; k++) {
        expected += row[base + k] * b[now + k] * inner[k];
      }
      sum += outer[r] * a[now + r] * expected;
    }
    return sum;
  }

  /** Notes in the slopes of the sort how {@link #bilinear} changes with the logarithm of K. */
  void backward(double[] outer, double[] inner) {
    int now = iterations * size;
    Arrays.fill(columnSlope, 0, size, 0);
    for (int r = 0; r < size; r++) {
      load(r);
      double sum = 0;
      for (int k = from; k < to; k++) {
        double changed = outer[r] * inner[k] * a[now + r] * row[base + k] * b[now + k];
        sum += changed;
        columnSlope[k] += changed;
        sort.addSlope(r + 1, k, changed);
      }
      throughRowScale(now, r, sum);
    }
    for (int t = iterations; t >= 1; t--) {
      int after = t * size;
      int before = after - size;
      Arrays.fill(nextColumnSlope, 0, size, 0);
      double[] finished = columnSlope;
      columnSlope = nextColumnSlope;
      nextColumnSlope = finished;
      for (int r = 0; r < size; r++) {
        load(r);
        double sum = handOn(finished, after, a[before + r], r);
        throughRowScale(before, r, sum);
      }
    }
  }

  /** {@code b_k = 1 / sum_r K_rk a_r}: hands the slope of ln b on to K and to ln a_r. */
  private double handOn(double[] finished, int after, double rowScale, int r) {
    double coefficient = size - 1 - 2.0 * r;
    double[] slope = sort.slope;
    double[] scaledSlope = sort.scaledSlope;
    double[] product = columnSum;
    for (int k = from; k < to; k++) {
      product[k] = finished[k] * row[base + k] * rowScale * b[after + k];
    }
    for (int k = from; k < to; k++) {
      slope[k] -= product[k];
    }
    for (int k = from; k < to; k++) {
      scaledSlope[k] -= coefficient * product[k];
    }
    return -sum(product, from, to);
  }

  /** {@code a_r = 1 / sum_k K_rk b_k}: hands the slope of ln a_r on to K and to ln b. */
  private void throughRowScale(int now, int r, double slope) {
    double coefficient = size - 1 - 2.0 * r;
    double[] itemSlope = sort.slope;
    double[] scaledSlope = sort.scaledSlope;
    double[] product = columnSum;
    double scale = slope * a[now + r];
    for (int k = from; k < to; k++) {
      product[k] = scale * row[base + k] * b[now + k];
    }
    for (int k = from; k < to; k++) {
      columnSlope[k] -= product[k];
    }
    for (int k = from; k < to; k++) {
      itemSlope[k] -= product[k];
    }
    for (int k = from; k < to; k++) {
      scaledSlope[k] -= coefficient * product[k];
    }
  }

  /** Four sums at a time: one would wait for each addition to finish before the next. */
  private static double sum(double[] values, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int k = from;
    for (; k < to - 3; k += 4) {
      first += values[k];
      second += values[k + 1];
      third += values[k + 2];
      fourth += values[k + 3];
    }
    for (; k < to; k++) {
      first += values[k];
    }
    return (first + second) + (third + fourth);
  }

  private static double dot(double[] row, int base, double[] scale, int now, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int k = from;
    for (; k < to - 3; k += 4) {
      first += row[base + k] * scale[now + k];
      second += row[base + k + 1] * scale[now + k + 1];
      third += row[base + k + 2] * scale[now + k + 2];
      fourth += row[base + k + 3] * scale[now + k + 3];
    }
    for (; k < to; k++) {
      first += row[base + k] * scale[now + k];
    }
    return (first + second) + (third + fourth);
  }

  private void addToColumns(double scale) {
    for (int k = from; k < to; k++) {
      columnSum[k] += scale * row[base + k];
    }
  }

  private double columnError() {
    double worst = 0;
    for (int k = 0; k < size; k++) {
      worst = Math.max(worst, Math.abs(b[iterations * size + k] * columnSum[k] - 1));
    }
    return worst;
  }

  private void storeRows() {
    storesRows = false;
    int used = 0;
    for (int r = 0; r < size; r++) {
      sort.fillExponentials(r + 1, CUTOFF, temperature);
      int width = sort.to - sort.from;
      if (used + width > STORED) {
        return;
      }
      if (used + width > stored.length) {
        stored = Arrays.copyOf(stored, Math.min(STORED, Math.max(used + width, 2 * used)));
      }
      System.arraycopy(sort.row, sort.from, stored, used, width);
      bandFrom[r] = sort.from;
      bandTo[r] = sort.to;
      bandStart[r] = used;
      used += width;
    }
    storesRows = true;
  }

  private void load(int r) {
    if (storesRows) {
      row = stored;
      from = bandFrom[r];
      to = bandTo[r];
      base = bandStart[r] - from;
    } else {
      sort.fillExponentials(r + 1, CUTOFF, temperature);
      row = sort.row;
      from = sort.from;
      to = sort.to;
      base = 0;
    }
  }

  private void reserve(int n, int maxIterations) {
    int scales = Math.multiplyExact(n, maxIterations + 1);
    if (a.length < scales) {
      a = new double[scales];
      b = new double[scales];
    }
    if (columnSum.length < n) {
      columnSum = new double[n];
      columnSlope = new double[n];
      nextColumnSlope = new double[n];
      bandFrom = new int[n];
      bandTo = new int[n];
      bandStart = new int[n];
    }
  }
}
