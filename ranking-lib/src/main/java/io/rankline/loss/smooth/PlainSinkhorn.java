package io.rankline.loss.smooth;

import java.util.Arrays;

/**
 * In Java, for lists of any length. The matrix is kept as {@code P_rk = a_r K_rk b_k}, K being a
 * {@link PeakMatrix}. Only a and b change, so what is stored is 2 n numbers an iteration, and each
 * step forward or back is a product of K and a vector.
 */
final class PlainSinkhorn implements Sinkhorn {

  private final PeakMatrix matrix = new PeakMatrix();

  /** Row scales of each iteration; iteration 0 is the softmax. */
  private double[][] a = {};

  /** Column scales of each iteration; 1 in iteration 0. */
  private double[][] b = {};

  private double[] sums = {};
  private double[] columnSlope = {};
  private double[] rowSlope = {};
  private double[] factors = {};

  private int size;
  private int iterations;
  private NeuralSort sort = new NeuralSort();

  @Override
  public void forward(NeuralSort presented, int maxIterations, double tolerance) {
    sort = presented;
    size = presented.size();
    reserve(size, maxIterations);
    matrix.take(presented);
    Arrays.fill(b[0], 0, size, 1);
    scaleRows(0);
    iterations = 0;
    while (iterations < maxIterations && (iterations == 0 || columnError() >= tolerance)) {
      iterations++;
      double[] scale = b[iterations];
      for (int k = 0; k < size; k++) {
        scale[k] = 1 / sums[k];
      }
      scaleRows(iterations);
    }
  }

  /** {@code a_r = 1 / sum_k K_rk b_k}; leaves {@code sum_r K_rk a_r} in the sums. */
  private void scaleRows(int now) {
    double[] scale = a[now];
    matrix.timesColumns(b[now], scale);
    for (int r = 0; r < size; r++) {
      scale[r] = 1 / scale[r];
    }
    matrix.timesRows(scale, sums);
  }

  private double columnError() {
    double worst = 0;
    for (int k = 0; k < size; k++) {
      worst = Math.max(worst, Math.abs(b[iterations][k] * sums[k] - 1));
    }
    return worst;
  }

  @Override
  public double bilinear(double[] outer, double[] inner) {
    double sum = 0;
    weigh(outer, inner);
    for (int r = 0; r < size; r++) {
      sum += rowSlope[r];
    }
    return sum;
  }

  /** {@code rowSlope_r = sum_k outer_r P_rk inner_k}, the slope of ln a_r. */
  private void weigh(double[] outer, double[] inner) {
    multiply(b[iterations], inner, factors);
    matrix.timesColumns(factors, rowSlope);
    multiply(rowSlope, a[iterations], rowSlope);
    multiply(rowSlope, outer, rowSlope);
  }

  @Override
  public void backward(double[] outer, double[] inner) {
    weigh(outer, inner);
    Arrays.fill(columnSlope, 0, size, 0);
    // Every entry of P itself, outer_r a_r K_rk b_k inner_k.
    multiply(outer, a[iterations], factors);
    matrix.timesRows(factors, sums);
    multiply(sums, b[iterations], sums);
    addProduct(sums, inner, 1, columnSlope);
    addProduct(sums, inner, 1, sort.slope);
    byPosition(factors);
    matrix.timesRows(factors, sums);
    multiply(sums, b[iterations], sums);
    addProduct(sums, inner, 1, sort.scaledSlope);
    throughRowScale(iterations);
    for (int t = iterations; t >= 1; t--) {
      throughColumnScale(t);
      throughRowScale(t - 1);
    }
  }

  /**
   * {@code b_k = 1 / sum_r K_rk a_r}: hands the slope of ln b on to K, by {@code w_k K_rk a_r} with
   * {@code w_k = slope_k b_k}, and to ln a_r. Summed over rows that is the slope itself.
   */
  private void throughColumnScale(int after) {
    double[] rowScale = a[after - 1];
    double[] finished = columnSlope;
    double[] slope = sort.slope;
    for (int k = 0; k < size; k++) {
      slope[k] -= finished[k];
    }
    System.arraycopy(rowScale, 0, factors, 0, size);
    byPosition(factors);
    matrix.timesRows(factors, sums);
    multiply(finished, b[after], finished);
    addProduct(sums, finished, -1, sort.scaledSlope);
    matrix.timesColumns(finished, rowSlope);
    for (int r = 0; r < size; r++) {
      rowSlope[r] *= -rowScale[r];
    }
    Arrays.fill(finished, 0, size, 0);
  }

  /**
   * {@code a_r = 1 / sum_k K_rk b_k}: hands the slope of ln a_r on to K, by {@code slope_r a_r K_rk
   * b_k}, and to ln b.
   */
  private void throughRowScale(int now) {
    multiply(rowSlope, a[now], factors);
    matrix.timesRows(factors, sums);
    addProduct(sums, b[now], -1, columnSlope);
    addProduct(sums, b[now], -1, sort.slope);
    byPosition(factors);
    matrix.timesRows(factors, sums);
    addProduct(sums, b[now], -1, sort.scaledSlope);
  }

  /** Times {@code n + 1 - 2 r}, the factor of a score in row r, counted from 1. */
  private void byPosition(double[] rows) {
    for (int r = 0; r < size; r++) {
      rows[r] *= size - 1 - 2.0 * r;
    }
  }

  private void multiply(double[] x, double[] y, double[] out) {
    for (int k = 0; k < size; k++) {
      out[k] = x[k] * y[k];
    }
  }

  private void addProduct(double[] x, double[] y, double factor, double[] out) {
    for (int k = 0; k < size; k++) {
      out[k] += factor * x[k] * y[k];
    }
  }

  private void reserve(int n, int maxIterations) {
    if (a.length <= maxIterations || sums.length < n) {
      int room = Math.max(n, sums.length);
      a = new double[maxIterations + 1][room];
      b = new double[maxIterations + 1][room];
      sums = new double[room];
      columnSlope = new double[room];
      rowSlope = new double[room];
      factors = new double[room];
    }
  }
}
